/**
 * Programs, looked at for whom they call: imports, functions, the calls in them, and what the calls are given. The
 * lexers beside this package look for statements in literals; here the way from one file to the next matters instead.
 */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.code;
