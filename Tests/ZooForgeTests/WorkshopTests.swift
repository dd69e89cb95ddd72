import Testing
import TransferGraphCore
import ZooForge

struct WorkshopTests {
    private func workshop() throws -> Workshop {
        Workshop(lists: try InventedLists.shelf(["es", "pt", "it", "fr", "ca", "ro", "gl", "sv", "da", "nb", "is"]))
    }

    @Test func aModelOfTheZooIsTrainedAgainAsItWasPlanned() throws {
        let workshop = try workshop()
        let plan = try #require(
            ZooPlan.words.models.first { $0.source == "nordic" && $0.parent == nil && $0.recipe.steps <= 800 })
        let shape = try Architecture.named("cnn-24-k3")
        let again = try workshop.model(named: plan.name, like: shape, .unwatched)
        let planned = try Trainer.train(
            name: plan.name, plan.architecture, on: workshop.task(named: "nordic"), plan.recipe, seed: plan.seed,
            .unwatched)
        #expect(again.weights == planned.weights)
        #expect(again.architecture == plan.architecture)
    }

    @Test func scratchHasTheShapeAskedForAndNoTraining() throws {
        let model = try workshop().model(named: "scratch", like: Architecture.named("gru-24"), .unwatched)
        #expect(model.architecture.name == "gru-24")
        #expect(model.recipe.steps == 0)
    }

    @Test func aKeptModelIsFoundByItsName() throws {
        var workshop = try workshop()
        let shape = try Architecture.named("cnn-24-k3")
        let model = try Trainer.train(
            name: "mine", shape, on: workshop.task(named: "nordic"), Recipe(steps: 5), seed: 1, .unwatched)
        workshop.keep(model)
        #expect(try workshop.model(named: "mine", like: shape, .unwatched).weights == model.weights)
        #expect(workshop.names == ["mine"])
    }

    @Test func aMisspeltModelComesWithThoseThatThereAre() throws {
        var workshop = try workshop()
        let shape = try Architecture.named("cnn-24-k3")
        workshop.keep(
            try Trainer.train(
                name: "my-nordic", shape, on: workshop.task(named: "nordic"), Recipe(steps: 1), seed: 1, .unwatched))
        let known = ["my-nordic"] + ZooPlan.words.models.map(\.name) + ["scratch"]
        #expect(throws: ForgeError.unknownModel("my-nordik", known: known)) {
            try workshop.model(named: "my-nordik", like: shape, .unwatched)
        }
    }

    @Test func preTrainingOnTheLanguagesHelpsWithFewWords() throws {
        let workshop = try workshop()
        let shape = try Architecture.named("ends-32")
        let target = try workshop.task(named: "scandinavian-20")
        let trained = try Trainer.train(
            name: "m", shape, on: workshop.task(named: "nordic"), Recipe(steps: 300), seed: 1, .unwatched)
        let scratch = try workshop.model(named: "scratch", like: shape, .unwatched)
        let tuned = try Trainer.fineTune(trained, on: target, seed: 1, .unwatched)
        let fresh = try Trainer.fineTune(scratch, on: target, seed: 1, .unwatched)
        #expect(tuned.accuracy > fresh.accuracy)
        let scores = try (
            workshop.scores(of: trained, on: target, .unwatched), workshop.scores(of: scratch, on: target, .unwatched)
        )
        let logME = (
            scores.0.first { $0.method == "LogME" }?.value ?? .nan,
            scores.1.first { $0.method == "LogME" }?.value ?? .nan
        )
        #expect(logME.0 > logME.1)
    }
}
