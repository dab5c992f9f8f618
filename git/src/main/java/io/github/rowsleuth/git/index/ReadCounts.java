package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import java.util.List;
import java.util.StringJoiner;

/** How many files were read, and how many could not be, and why. */
public final class ReadCounts {

    int read;
    int large;
    int binary;
    int missing;
    int pointers;

    /**
     * Says how much was read, and why the rest was not.
     *
     * @param examination where to say it
     * @param snapshot the files that were to be read
     * @param remarks what lies elsewhere than a reader would expect
     * @param what what they are, such as {@code files of code}
     */
    public void report(Examination examination, Snapshot snapshot, List<String> remarks, String what) {
        StringJoiner skipped = new StringJoiner(", ", "; not read: ", "").setEmptyValue("");
        count(skipped, large, "larger than 1 MiB");
        count(skipped, binary, "binary");
        count(skipped, missing, "missing");
        count(skipped, pointers, "only pointers of Git LFS");
        count(skipped, snapshot.missingFolders(), "folders missing");
        count(skipped, snapshot.submodules(), "submodules");
        count(skipped, snapshot.foreignFolders(), "folders of foreign code");
        String detail = read + " " + what + " of " + snapshot.files().size() + " files at "
                + snapshot.asOf().shortId() + skipped;
        for (String remark : remarks) {
            detail += "; " + remark;
        }
        boolean partial =
                large + missing + pointers + snapshot.missingFolders() + snapshot.submodules() > 0 || snapshot.cut();
        examination.coverage(partial ? Coverage.partial(detail) : Coverage.complete(detail));
        gaps(examination, snapshot);
    }

    private void gaps(Examination examination, Snapshot snapshot) {
        if (missing + snapshot.missingFolders() > 0) {
            examination.gap(
                    missing + " files and " + snapshot.missingFolders()
                            + " folders of the commit are missing from the repository",
                    "what they hold can not be known; it may be a partial clone, or damaged",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (large > 0) {
            examination.gap(
                    large + " files are larger than 1 MiB",
                    "statements in them are not found",
                    "look into large scripts and dumps by hand");
        }
        if (pointers > 0) {
            examination.gap(
                    pointers + " files are kept elsewhere (Git LFS)",
                    "statements in them are not found",
                    "fetch them in a copy of the repository: git lfs pull; and look into scripts and dumps by hand");
        }
        if (snapshot.submodules() > 0) {
            examination.gap(
                    snapshot.submodules() + " submodules are not read",
                    "scripts and migrations in them are not found",
                    "examine each as a repository of its own: GitRepository.at(…)");
        }
        if (snapshot.cut()) {
            examination.gap(
                    "the commit has more than 500,000 files, or folders deeper than 64",
                    "the files beyond are not looked at",
                    "examine the part of the repository that matters by itself");
        }
    }

    private static void count(StringJoiner into, int number, String what) {
        if (number > 0) {
            into.add(number + " " + what);
        }
    }
}
