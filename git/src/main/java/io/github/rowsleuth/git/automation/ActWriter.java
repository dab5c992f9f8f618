package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.Act;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.git.automation.graph.WaySearch;
import io.github.rowsleuth.git.automation.settings.SchemaSettings;
import io.github.rowsleuth.git.automation.settings.Setting;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.DatabaseAct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what commands do to a database by themselves when an application starts, is deployed or is tested. */
final class ActWriter {

    private static final int MAX_ACTS = 500;
    private static final int MAX_CHAINS = 5;

    private final AutomationSurvey survey;
    private final AutomationNotes notes;
    private final ChainWriter chains;

    ActWriter(AutomationSurvey survey, AutomationNotes notes) {
        this.survey = survey;
        this.notes = notes;
        this.chains = new ChainWriter(notes);
    }

    List<DatabaseAct> acts() {
        WaySearch search = new WaySearch(survey.graph());
        List<DatabaseAct> told = new ArrayList<>();
        for (Act act : survey.graph().acts()) {
            if (told.size() < MAX_ACTS) {
                told.add(act(act, search.to(Set.of(act.node()), MAX_CHAINS)));
            }
        }
        SchemaSettings.in(survey.tree()).stream().limit(MAX_ACTS).forEach(s -> told.add(setting(s, search)));
        return told;
    }

    /** A setting in a program holds where that code is run; one in a file of settings whenever its application starts. */
    private DatabaseAct setting(Setting setting, WaySearch search) {
        Target target = Target.script(setting.file(), List.of(setting.line()));
        List<Way> ways = setting.code() ? search.to(target.nodes(survey), MAX_CHAINS) : List.of();
        boolean onlyDisabled = !ways.isEmpty() && ways.stream().allMatch(Way::disabled);
        List<AutomationChain> told = ways.stream().map(chains::chain).toList();
        List<String> because = new ArrayList<>(setting.because());
        if (onlyDisabled) {
            because.addAll(because(ways, told, false));
        } else if (setting.code() && ways.isEmpty()) {
            because.add("nothing that was found runs this code");
        }
        return DatabaseAct.builder()
                .effect(setting.effect())
                .tool(setting.tool())
                .text(notes.clean(setting.text()))
                .file(setting.file())
                .line(setting.line())
                .profile(setting.profile())
                .inEffect(setting.inEffect() && !onlyDisabled)
                .because(because.stream().map(b -> notes.clean(b).text()).toList())
                .chains(told)
                .evidence(notes.record(
                        setting.tool(),
                        setting.inEffect(),
                        setting.file(),
                        setting.line(),
                        "sets what happens to the schema: "
                                + notes.clean(setting.text()).text()))
                .build();
    }

    private DatabaseAct act(Act act, List<Way> ways) {
        boolean runs = ways.stream().anyMatch(w -> !w.disabled() && !w.byHand());
        List<AutomationChain> told = ways.stream().map(chains::chain).toList();
        return DatabaseAct.builder()
                .effect(act.effect())
                .tool(act.tool())
                .text(notes.clean(act.text()))
                .file(act.file())
                .line(act.line())
                .inEffect(runs)
                .because(because(ways, told, runs))
                .chains(told)
                .evidence(notes.record(
                        act.tool(),
                        runs,
                        act.file(),
                        act.line(),
                        "acts on the database by itself: "
                                + notes.clean(act.text()).text()))
                .build();
    }

    private static List<String> because(List<Way> ways, List<AutomationChain> told, boolean runs) {
        if (ways.isEmpty()) {
            return List.of("nothing that was found leads to it");
        }
        AutomationChain first = told.get(0);
        if (runs) {
            return List.of("it runs on " + first.triggers().get(0));
        }
        return List.of(first.disabled()
                .map(d -> "the way to it is disabled: " + d)
                .orElse("only a person who types " + first.triggers().get(0) + " leads to it"));
    }
}
