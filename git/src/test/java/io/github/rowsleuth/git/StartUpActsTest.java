package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.DatabaseAct;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpActsTest {

    @TempDir
    Path folder;

    private List<DatabaseAct> acts(Consumer<RepositoryBuilder> files) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            files.accept(repository);
            repository.commit("Add");
        }
        return Investigation.of("shop.users")
                .probes(GitRepository.at(folder))
                .run()
                .answer(Automation.class)
                .orElseThrow()
                .acts();
    }

    private static String told(DatabaseAct act) {
        return act.effect() + " " + act.file() + ":" + act.line() + " " + act.inEffect();
    }

    @Test
    void
            a_mapper_that_rebuilds_the_schema_is_told_from_the_same_setting_of_a_test_and_of_a_profile_that_is_not_chosen() {
        List<DatabaseAct> acts = acts(r -> r.file(
                        "orders/src/main/resources/application.yml",
                        "spring:",
                        "  datasource:",
                        "    url: jdbc:postgresql://db/shop",
                        "  jpa:",
                        "    hibernate:",
                        "      ddl-auto: create-drop",
                        "---",
                        "spring:",
                        "  config:",
                        "    activate:",
                        "      on-profile: local",
                        "  jpa:",
                        "    hibernate:",
                        "      ddl-auto: create")
                .file(
                        "orders/src/test/resources/application.yml",
                        "spring:",
                        "  datasource:",
                        "    url: jdbc:h2:mem:test",
                        "  jpa.hibernate.ddl-auto: create-drop")
                .file(
                        "users/src/main/resources/application.properties",
                        "spring.profiles.active=prod",
                        "spring.jpa.hibernate.ddl-auto=create-drop")
                .file(
                        "users/src/main/resources/application-prod.properties",
                        "spring.jpa.hibernate.ddl-auto=validate"));

        assertThat(acts)
                .extracting(StartUpActsTest::told)
                .containsExactlyInAnyOrder(
                        "RESETS_SCHEMA orders/src/main/resources/application.yml:6 true",
                        "RESETS_SCHEMA orders/src/main/resources/application.yml:14 false",
                        "RESETS_SCHEMA orders/src/test/resources/application.yml:4 false",
                        "RESETS_SCHEMA users/src/main/resources/application.properties:2 false");
        assertThat(acts.get(0).inEffect()).isTrue();
        assertThat(acts)
                .filteredOn(a -> a.file().startsWith("users/"))
                .flatExtracting(DatabaseAct::because)
                .containsExactly("the chosen profile overrides it with validate");
    }

    @Test
    void the_environment_of_a_container_chooses_a_profile_and_overrides_a_setting() {
        List<DatabaseAct> acts = acts(r -> r.file(
                        "docker-compose.yml",
                        "services:",
                        "  a:",
                        "    build: .",
                        "    environment:",
                        "      SPRING_PROFILES_ACTIVE: demo",
                        "  b:",
                        "    build: b",
                        "    environment:",
                        "      - SPRING_LIQUIBASE_DROP_FIRST=true")
                .file("src/main/resources/application-demo.yml", "spring.jpa.hibernate.ddl-auto: ${DDL:create}"));

        assertThat(acts)
                .extracting(StartUpActsTest::told)
                .containsExactlyInAnyOrder(
                        "RESETS_SCHEMA docker-compose.yml:9 true",
                        "RESETS_SCHEMA src/main/resources/application-demo.yml:1 true");
    }

    @Test
    void force_reset_is_told_from_accepted_data_loss_and_from_migrations() {
        List<DatabaseAct> acts = acts(r -> r.file(
                        "package.json",
                        "{\"scripts\": {",
                        "  \"start\": \"prisma migrate deploy && node server.js\",",
                        "  \"db:reset\": \"prisma db push --force-reset\",",
                        "  \"db:push\": \"prisma db push --accept-data-loss\"",
                        "}}")
                .file("prisma/schema.prisma", "datasource db {}")
                .file("Procfile", "web: npm start", "release: npm run db:push"));

        assertThat(acts)
                .extracting(StartUpActsTest::told)
                .containsExactly(
                        "RESETS_SCHEMA package.json:3 false",
                        "MAY_DROP package.json:4 true",
                        "MIGRATES_UP package.json:2 true");
        assertThat(acts.get(0).because()).containsExactly("only a person who types npm run db:reset leads to it");
        assertThat(acts.get(1).chains().get(0).toString()).startsWith("release: Procfile:2");
    }

    @Test
    void mappers_in_programs_count_where_their_value_is_not_false_and_no_comment_holds_them() {
        List<DatabaseAct> acts = acts(r -> r.file(
                        "src/data-source.ts",
                        "import { DataSource } from 'typeorm';",
                        "export default new DataSource({",
                        "  synchronize: process.env.NODE_ENV !== 'production',",
                        "  dropSchema: false,",
                        "  // dropSchema: true,",
                        "});")
                .file("src/index.js", "sequelize.sync({ force: true });")
                .file("test/setup.js", "sequelize.sync({ force: true });")
                .file("Dockerfile", "FROM node:22", "COPY . .", "CMD [\"node\", \"src/index.js\"]"));

        assertThat(acts)
                .extracting(StartUpActsTest::told)
                .containsExactly(
                        "RESETS_SCHEMA src/index.js:1 true",
                        "RESETS_SCHEMA test/setup.js:1 false",
                        "MAY_DROP src/data-source.ts:3 true");
        assertThat(acts.get(0).chains().get(0).toString()).startsWith("container start: Dockerfile:3");
    }

    @Test
    void mappers_of_other_languages_are_told_with_the_way_to_them_and_look_alikes_are_not() {
        List<DatabaseAct> acts = acts(r -> r.file(
                        "api/main.ts",
                        "import { orm } from './orm';",
                        "await orm.schema.refreshDatabase();",
                        "// await orm.schema.dropSchema();")
                .file("api/orm.ts", "export const orm = await MikroORM.init(config);")
                .file("shop/Program.cs", "using var db = new ShopContext();", "db.Database.EnsureDeleted();")
                .file("shop/Keep.cs", "db.Database.EnsureCreated();")
                .file("cmd/main.go", "package main", "func main() {", "\tdb.Migrator().DropTable(&Order{})", "}")
                .file("cmd/keep.go", "package main", "// db.Migrator().DropTable(&Order{})")
                .file("spec/support/cleaner.rb", "DatabaseCleaner.clean_with(:truncation)")
                .file("lib/cleaner.rb", "DatabaseCleaner[:active_record].strategy = :deletion")
                .file("lib/gentle.rb", "DatabaseCleaner.strategy = :transaction")
                .file(
                        "src/main/resources/META-INF/persistence.xml",
                        "<properties>",
                        "<property name=\"hibernate.hbm2ddl.auto\" value=\"create-drop\"/>",
                        "<property name=\"jakarta.persistence.schema-generation.database.action\" value=\"drop-and-create\"/>",
                        "</properties>")
                .file(
                        "src/test/resources/META-INF/persistence.xml",
                        "<property name=\"hibernate.hbm2ddl.auto\" value=\"create\"/>")
                .file("old/hibernate.cfg.xml", "<property name=\"hibernate.hbm2ddl.auto\">validate</property>")
                .file("Dockerfile", "FROM node:22", "COPY . .", "CMD [\"node\", \"api/main.ts\"]"));

        assertThat(acts)
                .extracting(a -> a.tool() + " " + told(a))
                .containsExactlyInAnyOrder(
                        "mikro-orm RESETS_SCHEMA api/main.ts:2 true",
                        "entity framework RESETS_SCHEMA shop/Program.cs:2 true",
                        "gorm RESETS_SCHEMA cmd/main.go:3 true",
                        "database cleaner DELETES_DATA spec/support/cleaner.rb:1 false",
                        "database cleaner DELETES_DATA lib/cleaner.rb:1 true",
                        "hibernate RESETS_SCHEMA src/main/resources/META-INF/persistence.xml:2 true",
                        "jpa RESETS_SCHEMA src/main/resources/META-INF/persistence.xml:3 true",
                        "hibernate RESETS_SCHEMA src/test/resources/META-INF/persistence.xml:1 false");
        assertThat(acts)
                .filteredOn(a -> a.tool().equals("mikro-orm") || a.tool().equals("gorm"))
                .extracting(a -> a.file() + " " + a.chains().size() + " "
                        + a.because().get(a.because().size() - 1))
                .containsExactlyInAnyOrder(
                        "api/main.ts 1 it holds whenever this code is run",
                        "cmd/main.go 0 nothing that was found runs this code");
    }

    @Test
    void what_an_application_deletes_when_it_starts_is_reached_from_its_container() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .file("Dockerfile", "FROM python:3.12", "COPY . .", "CMD [\"uvicorn\", \"app.main:app\"]")
                    .file("app/__init__.py", "")
                    .file(
                            "app/main.py",
                            "from contextlib import asynccontextmanager",
                            "from fastapi import FastAPI",
                            "from app.setup import initialise",
                            "@asynccontextmanager",
                            "async def lifespan(app):",
                            "    initialise()",
                            "    yield",
                            "app = FastAPI(lifespan=lifespan)")
                    .file("app/setup.py", "def initialise():", "    db.execute('DELETE FROM sessions')")
                    .commit("Add");
        }

        assertThat(Investigation.of("shop.users")
                        .probes(GitRepository.at(folder))
                        .run()
                        .answer(Automation.class)
                        .orElseThrow()
                        .of("app/setup.py")
                        .orElseThrow()
                        .chains())
                .first()
                .hasToString("container start: Dockerfile:3 (start) > app/main.py:6 (function lifespan) > app/setup.py"
                        + " (function initialise)");
    }
}
