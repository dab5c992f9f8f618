package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Call;

/** Recognises the calls of one library that destroy data without any SQL in sight. */
interface Idiom {

    /** Looks at one call. */
    void look(Call call, IdiomNotes notes);
}
