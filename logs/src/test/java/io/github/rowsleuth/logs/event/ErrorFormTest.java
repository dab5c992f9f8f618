package io.github.rowsleuth.logs.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorFormTest {

    @Test
    void values_in_messages_do_not_leave() {
        assertThat(ErrorForm.redact("invalid input syntax for type integer: \"4711\""))
                .isEqualTo("invalid input syntax for type integer: \"?\"");
        assertThat(ErrorForm.redact("syntax error at or near \"'a b'\"")).isEqualTo("syntax error at or near \"?\"");
        assertThat(ErrorForm.redact("duplicate key Key (id)=(7) exists")).isEqualTo("duplicate key");
        assertThat(ErrorForm.of("my own message about customer 4711")).isEmpty();
    }
}
