package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;

/**
 * A place that speaks of a script.
 *
 * @param file the file, within the repository
 * @param line the line, from 1
 * @param executes whether the place executes the script
 * @param trigger when the place is run: {@code container start}, {@code image build}, {@code schedule 0 3 * * *} …
 * @param text what stands there
 * @param evidence where it was recorded
 */
public record AutomationReference(
        String file, int line, boolean executes, String trigger, Excerpt text, EvidenceId evidence) {}
