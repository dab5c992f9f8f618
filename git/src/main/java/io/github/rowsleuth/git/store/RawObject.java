package io.github.rowsleuth.git.store;

/**
 * An object, unpacked. Its bytes are shared and never changed.
 *
 * @param type its type, after {@link org.eclipse.jgit.lib.Constants}
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying each file would cost more than reading it
record RawObject(int type, byte[] content) {}
