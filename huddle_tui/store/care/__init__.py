"""Care of a book: the doctor, what lies around in its folders, and the index of past huddles."""
