package io.github.rowsleuth.postgres.watch;

import java.util.List;

/**
 * What one witness has to say.
 *
 * @param sightings what it saw
 * @param blindSpots what it could not have seen
 */
record Testimony(List<Sighting> sightings, List<BlindSpot> blindSpots) {

    Testimony {
        sightings = List.copyOf(sightings);
        blindSpots = List.copyOf(blindSpots);
    }
}
