package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call in a program.
 *
 * @param chain the names up to the one that is called, which is the last
 * @param line the line of that name
 * @param start where the chain begins in the source
 * @param end where the call ends in the source
 * @param block where it stands
 * @param target the variable that its statement assigns to, empty where it assigns to none
 */
public record Call(List<Link> chain, int line, int start, int end, Block block, String target) {

    /** Copies the list. */
    public Call {
        chain = List.copyOf(chain);
    }

    /** {@return what is called} */
    public Link link() {
        return chain.get(chain.size() - 1);
    }

    /** {@return the name of what is called, without its receivers} */
    public String name() {
        return link().name();
    }

    /** {@return what it is given} */
    public List<Argument> arguments() {
        return link().arguments();
    }

    /** {@return what it is called on; empty for a function} */
    public List<Link> receivers() {
        return chain.subList(0, chain.size() - 1);
    }

    /** {@return the name directly before what is called; empty for a function} */
    public String receiver() {
        return chain.size() < 2 ? "" : chain.get(chain.size() - 2).name();
    }

    /** {@return the first name of the chain} */
    public String root() {
        return chain.get(0).name();
    }

    /**
     * {@return the last receiver of that name}
     *
     * @param wanted a name
     */
    public Optional<Link> receiver(String wanted) {
        Optional<Link> found = Optional.empty();
        for (Link link : receivers()) {
            found = link.name().equals(wanted) ? Optional.of(link) : found;
        }
        return found;
    }

    /** {@return all names, with points between: {@code op.drop_table}} */
    public String path() {
        return chain.stream().map(Link::name).collect(Collectors.joining("."));
    }
}
