package io.github.rowsleuth.git.automation.graph;

import io.github.rowsleuth.probe.DatabaseAct.Effect;

/**
 * A command that does something to a database by itself.
 *
 * @param tool the tool
 * @param file where it stands
 * @param text the command
 */
public record Act(Node node, Effect effect, String tool, String file, int line, String text) {}
