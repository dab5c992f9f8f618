package io.github.rowsleuth.git.automation.graph;

import io.github.rowsleuth.probe.AutomationTrigger;

/**
 * Something that happens, and what it sets off.
 *
 * @param name what the thing is called that it belongs to: {@code workflow nightly.yml}, {@code service web}
 */
public record Start(Node node, AutomationTrigger trigger, String name) {}
