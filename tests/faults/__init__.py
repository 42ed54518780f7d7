"""What must not break it. After each fault: everything acknowledged is there, no file is unreadable, the user is told
in one sentence, the next save works (`promises`). Where there is something to compare with, a control runs the same
over stock TinyDB, or over less of our own, and must lose something.

| file | proves that nothing is lost by |
|---|---|
| `test_killed_saves`, `test_killed_rounds`, `test_killed_check_ins` | kill -9 of saves, team edits, rounds, check-ins |
| `test_at_once` (and `tests/activities/test_everybody_at_once`) | up to twenty programs that save at the same moment |
| `test_system_calls` | the n-th call of the system failing with EIO, ENOSPC, EACCES, EINTR |
| `test_every_port_method` (and `test_every_call_of_a_walk`) | the same in every method, a round, a check-in, a form |
| `test_power_cuts` | a power cut at any moment, on paper: every disk that it may leave |
| `test_shut_down` | a real file system that stops in the middle of saves and is mounted again |
| `test_full_disks`, `test_disks` | a full disk that gets space again, one that is taken away and comes back |
| `test_read_only` (and `test_disks`) | media that may not be written, drives without locks, a newer program's file |
| `test_damage` | damage of every kind, flipped bits, conflict copies, merge marks |
| `test_accounts` | files of another owner, two accounts on one folder, a private book |
| `test_git` | two clones edited apart and merged |
| `test_schemas` | any older version of the file format: its fixtures are kept for ever in `schemas/` |
| `test_odd_days` | wrong clocks, both DST nights, a year's last week, 29 February, another time zone |
| `test_random_use`, `test_sizes`, `test_hostile_text` | random keys, any size of the terminal, nasty text |

`pytest tests/faults` runs the short form, `pytest --full tests/faults` the long one: more kills, every error at every
call, twenty writers, real file systems. What a machine does not allow is skipped with `NOT TESTED: …`; `-rs` lists it.
"""
