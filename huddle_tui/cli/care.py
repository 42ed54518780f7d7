"""The commands that advise, examine and inform."""

from huddle_tui.activities.settings import settings_path
from huddle_tui.cli.crash import log_path
from huddle_tui.cli.output import print_columns, tell, write_json
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.text import clean
from huddle_tui.files import place
from huddle_tui.i18n import _, ngettext, say
from huddle_tui.store.address import in_database, parse


def add(commands: Commands) -> None:
    """What these commands take."""
    coach = commands.add("coach", run_coach)
    coach.add_argument("--format", choices=("text", "json"), default="text", help=_("how to write it"))
    doctor = commands.add("doctor", run_doctor)
    doctor.add_argument("--repair", action="store_true", help=_("repair what can be repaired without losing anything"))
    commands.add("keys", run_keys)
    commands.add("paths", run_paths)


def run_coach(session: Session) -> int:
    """`huddle coach`: the method's advice on the team's set-up, and on what it kept in thirteen weeks."""
    from huddle_tui.activities.coaching import past_advice
    from huddle_tui.domain.coach import advise

    book, team, _time = session.opened()
    advice = [*advise(team), *past_advice(book, team)]
    if session.options.format == "json":
        rows = [{"id": a.id, "about": a.about, "sentence": say(a.sentence)} for a in advice]
        write_json(rows)
        return 0
    for a in advice:
        print(f"{a.id}\t{a.about}\t{say(a.sentence)}")
    if not advice:
        tell(_("The method has nothing to say about this team's set-up."))
    return 0


def run_doctor(session: Session) -> int:
    """`huddle doctor`: reads every file of the book; 0 when all is well, 1 when something is not."""
    if in_database(session.place):
        return _examine_database(session)
    from huddle_tui.store.care.doctor import examine, not_writable

    book = session.book
    try:
        session.speak(book.team())
    except HuddleError:  # is what the doctor is asked to look at
        session.speak(None)
    book.take_notices()  # they are among the findings
    findings = examine(place(session.place), repair=session.options.repair)
    for finding in findings:
        print(clean(say(finding.sentence)))
    if not findings:
        tell(_("Every file of the book reads well."))
    if (sentence := not_writable(place(session.place))) is not None:
        tell(sentence)
    return 1 if any(not finding.repaired for finding in findings) else 0


def _examine_database(session: Session) -> int:
    """The same for a book in a database: what the database itself keeps whole is read, and what waits is told."""
    book, team, _time = session.opened()
    wrong: list[Sentence] = []
    for person in team.people:
        try:
            book.check_ins(person.id)
        except HuddleError as error:
            wrong.append(error.sentence)
    days = book.days()
    read = {huddle.day for huddle in book.huddles(days)}
    wrong += book.take_notices()
    if left := [day for day in days if day not in read]:
        text = N_("These huddles cannot be read now: {days}.")
        wrong.append(Sentence(text, {"days": ", ".join(map(str, left))}))
    for sentence in wrong:
        print(clean(say(sentence)))
    if not wrong:
        text = ngettext("The team and {n} huddle read well.", "The team and {n} huddles read well.", len(read))
        tell(text.format(n=len(read)))
    return 1 if wrong else 0


def run_keys(session: Session) -> int:
    """`huddle keys`: the key table."""
    from huddle_tui.ui.actions import table, use
    from huddle_tui.ui.own_keys import usable

    session.speak(None)
    kept, wrong = usable(session.settings.keys)
    for notice in (*session.settings.notices, *wrong):
        tell(clean(say(notice)))
    use(kept)
    print_columns([(ref, keys, _(label), _(help)) for _area, keys, label, help, ref in table()])
    return 0


def run_paths(session: Session) -> int:
    """`huddle paths`: where everything is."""
    session.speak(None)
    if in_database(session.place):
        from huddle_tui.activities.books import outboxes

        ours = ((_("book"), parse(session.place).shown), (_("outbox"), str(outboxes())))
    else:
        folder = place(session.place).absolute()
        ours = ((_("book"), str(folder)), (_("backups"), str(folder / ".huddle" / "backups")))
    places = (*ours, (_("settings"), str(settings_path())), (_("log"), str(log_path())))
    print_columns([(name, clean(path)) for name, path in places])
    return 0
