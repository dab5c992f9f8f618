package io.github.rowsleuth.postgres.backup;

import java.io.IOException;

/** A backup whose content can not be right. */
final class DamagedBackupException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedBackupException(String found) {
        super(found);
    }
}
