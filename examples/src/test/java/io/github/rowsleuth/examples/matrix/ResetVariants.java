package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Schemas that were dropped and made anew. */
final class ResetVariants {

    private ResetVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.SCHEMA_RESET, "typed into a shell", ResetVariants::typed),
                Variant.of(Cause.SCHEMA_RESET, "a mapper in Java that creates at every start", ResetVariants::hibernate)
                        .by("src/main/resources/application.yml")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(Cause.SCHEMA_RESET, "the tables are new, and nothing has the setting")),
                Variant.of(Cause.SCHEMA_RESET, "a mapper in JavaScript that is forced to", ResetVariants::sequelize)
                        .by("src/index.js")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(Cause.SCHEMA_RESET, "the tables are new, and nothing has the call")));
    }

    private static void typed(Stage stage) throws Exception {
        stage.run("create schema keep", "create table keep.files(id int primary key)")
                .run("insert into keep.files select generate_series(1, 3)")
                .table("users", 12)
                .table("talents", 20)
                .table("deals", 7)
                .decoys(Decoys.around(Truth.DROPPED, "keep.files", "users", "talents", "deals"))
                .file("prisma/schema.prisma", "model User {\n  id Int @id\n  @@map(\"users\")\n}\n")
                .file(
                        "package.json",
                        "{ \"scripts\": { \"start\": \"node server.js\", \"db:reset\": \"prisma migrate reset --force\" } }\n")
                .committed("Begin", Duration.ofDays(60))
                .missing("users", "talents", "deals")
                .then(
                        "",
                        "drop schema public cascade",
                        "create schema public",
                        "create table users(id int primary key)",
                        "create table talents(id int primary key)");
    }

    private static void hibernate(Stage stage) throws Exception {
        stage.table("documents", 50)
                .table("chunks", 500)
                .table("audit", 5)
                .decoys(Decoys.around(Truth.DROPPED, "audit", "documents", "chunks"))
                .file("src/main/resources/application.yml", """
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/rag
                          jpa:
                            hibernate:
                              ddl-auto: create
                        """)
                .file("src/test/resources/application.yml", """
                        spring:
                          datasource:
                            url: jdbc:h2:mem:test
                          jpa:
                            hibernate:
                              ddl-auto: create-drop
                        """)
                .committed("Begin", Duration.ofDays(9))
                .missing("documents", "chunks")
                .then(
                        "",
                        "drop table documents",
                        "drop table chunks",
                        "create table documents(id int primary key)",
                        "create table chunks(id int primary key)");
    }

    private static void sequelize(Stage stage) throws Exception {
        stage.run("create schema legacy", "create table legacy.rooms(id int primary key)")
                .run("insert into legacy.rooms select generate_series(1, 3)")
                .table("guests", 29)
                .table("stays", 64)
                .decoys(Decoys.around(Truth.DROPPED, "legacy.rooms", "guests", "stays"))
                .file(
                        "package.json",
                        "{ \"main\": \"src/index.js\", \"scripts\": { \"start\": \"node src/index.js\" } }\n")
                .file("Dockerfile", "FROM node:20\nCOPY . .\nCMD [\"npm\", \"start\"]\n")
                .file("src/index.js", """
                        const { Sequelize } = require('sequelize');
                        const sequelize = new Sequelize(process.env.DATABASE_URL);
                        require('./models')(sequelize);
                        sequelize.sync({ force: true }).then(() => app.listen(3000));
                        """)
                .committed("Begin", Duration.ofDays(11))
                .missing("guests", "stays")
                .then(
                        "",
                        "drop table guests",
                        "drop table stays",
                        "create table guests(id int primary key)",
                        "create table stays(id int primary key)");
    }
}
