import Testing
import TransferGraphCore

/// Means with their spreads and counts, and headers of several rows as pandas writes them.
struct AggregateTests {
    /// The columns' levels have names: models stand across, under several metrics.
    @Test(arguments: ["Models", "Model", "model"])
    func namesOfLevelsSayWhatColumnsAre(_ level: String) throws {
        for index in ["", "dataset,,,,\n"] {
            let zoo = try TableCase.zoo(
                "\(level),PatchTST,PatchTST,DLinear,DLinear\nMetric,MSE,MAE,MSE,MAE\n\(index)ETTh1,0.413,0.430,0.422,0.437\nWeather,0.225,0.264,0.248,0.300\nTraffic,0.390,0.263,0.433,0.295\n"
            )
            #expect(zoo.models.map(\.name) == ["PatchTST", "DLinear"])
            #expect(zoo.datasets.map(\.name) == ["ETTh1", "Weather", "Traffic"])
            #expect(zoo.datasets.allSatisfy { !$0.metric.higherIsBetter })
            #expect(try TableCase.result(zoo, "DLinear", "Traffic") == 0.433)
        }
    }

    /// People write `Model` above their rows.
    @Test func modelAboveRowsStays() throws {
        let zoo = try TableCase.zoo(
            "Model,pets,pets,cars,cars\nMetric,acc,f1,acc,f1\nvit,.9,.8,.7,.6\nresnet,.8,.7,.6,.5\nswin,.7,.6,.5,.4\n")
        #expect(zoo.models.map(\.name) == ["vit", "resnet", "swin"])
    }

    @Test(arguments: [
        ",,test_acc,test_acc,test_acc\n,,mean,std,count\nmodel,dataset,,,\nvit,pets,.931,.002,3\nswin,pets,.933,.001,3\nvit,cars,.887,.01,3\nswin,cars,.918,.002,2\n",
        "model,dataset,test_acc,test_acc,test_acc\n,,mean,std,count\nvit,pets,.931,.002,3\nswin,pets,.933,.001,3\nvit,cars,.887,.01,3\nswin,cars,.918,.002,2\n",
        ",test_acc,test_acc,test_acc\n,count,mean,std\n\"('vit', 'pets')\",3,.931,.002\n\"('swin', 'pets')\",3,.933,.001\n\"('vit', 'cars')\",3,.887,.01\n\"('swin', 'cars')\",2,.918,.002\n",
        ",\"('test_acc', 'mean')\",\"('test_acc', 'std')\",\"('test_acc', 'count')\"\n\"('pets', 'vit')\",.931,.002,3\n\"('pets', 'swin')\",.933,.001,3\n\"('cars', 'vit')\",.887,.01,3\n\"('cars', 'swin')\",.918,.002,2\n",
        "model,dataset,test_acc_mean,test_acc_std,test_acc_count\nvit,pets,.931,.002,3\nswin,pets,.933,.001,3\nvit,cars,.887,.01,3\nswin,cars,.918,.002,2\n",
        "model,dataset,mean,std,n\nvit,pets,.931,.002,3\nswin,pets,.933,.001,3\nvit,cars,.887,.01,3\nswin,cars,.918,.002,2\n",
    ])
    func groupedResults(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(Set(zoo.models.map(\.name)) == ["vit", "swin"], "\(table)")
        #expect(Set(zoo.datasets.map(\.name)) == ["pets", "cars"], "\(table)")
        #expect(zoo.results.count == 4)
        #expect(try TableCase.result(zoo, "swin", "cars") == 0.918)
    }

    @Test func groupedResultsKeepTheirRuns() throws {
        let zoo = try TableCase.zoo(
            ",,test_acc,test_acc,test_acc,test_acc,test_acc\n,,mean,std,count,min,max\nmodel,dataset,,,,,\nvit,pets,.931,.002,3,.929,.934\nswin,pets,.933,.001,3,.932,.934\nvit,cars,.887,.01,3,.88,.899\nswin,cars,.918,.002,2,.917,.921\n"
        )
        #expect(zoo.results.count == 4 && zoo.datasets.allSatisfy { $0.metric.name == "test_acc" })
        #expect(zoo.runs.sorted() == [2, 3, 3, 3])
    }

    /// Wide tables of a mean and a spread for each dataset, or each model.
    @Test(arguments: [
        "model,pets,pets,cars,cars\n,mean,std,mean,std\nvit,.931,.002,.887,.01\nswin,.933,.001,.918,.002\nrn,.914,.001,.901,.002\n",
        "model,pets,,cars,\n,mean,std,mean,std\nvit,.931,.002,.887,.01\nswin,.933,.001,.918,.002\nrn,.914,.001,.901,.002\n",
        "model,pets_mean,pets_std,cars_mean,cars_std\nvit,.931,.002,.887,.01\nswin,.933,.001,.918,.002\nrn,.914,.001,.901,.002\n",
        "model,pets (mean),pets (std),cars (mean),cars (std)\nvit,.931,.002,.887,.01\nswin,.933,.001,.918,.002\nrn,.914,.001,.901,.002\n",
        "model,pets_acc,pets_std,pets_n,cars_acc,cars_std,cars_n\nvit,.931,.002,5,.887,.01,5\nswin,.933,.001,5,.918,.002,5\nrn,.914,.001,5,.901,.002,4\n",
        "dataset,vit,vit,swin,swin,rn,rn\n,mean,std,mean,std,mean,std\npets,.931,.002,.933,.001,.914,.001\ncars,.887,.01,.918,.002,.901,.002\n",
        "dataset,vit_mean,vit_std,swin_mean,swin_std,rn_mean,rn_std\npets,.931,.002,.933,.001,.914,.001\ncars,.887,.01,.918,.002,.901,.002\n",
    ])
    func meansAndSpreadsOfWideTables(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == ["vit", "swin", "rn"], "\(table)")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"], "\(table)")
        #expect(try TableCase.result(zoo, "swin", "cars") == 0.918)
        #expect(TableCase.note(zoo, "columns that are no results") != nil)
    }

    /// The line that a refusal proposes takes no rank, size or date for the score.
    @Test(arguments: [
        "Rang;Modell;Datensatz;Zweck (%);Parameter (Mio.);Datum\n1;a;pets;93,25;28,3;12.03.2024\n2;b;pets;91,40;25,6;12.03.2024\n2;a;cars;97,00;28,3;14.03.2024\n1;b;cars;96,20;25,6;14.03.2024\n",
        "Classement;Modèle;Jeu de données;Justesse (%);Taille (Mo)\n1;a;pets;93,25;28,3\n2;b;pets;91,40;25,6\n2;a;cars;97,00;28,3\n1;b;cars;96,20;25,6\n",
        "Puesto;Modelo;Conjunto de datos;Aciertos (%);Tamaño (MB)\n1;a;pets;93,25;28,3\n2;b;pets;91,40;25,6\n2;a;cars;97,00;28,3\n1;b;cars;96,20;25,6\n",
    ])
    func proposedLinesWork(_ table: String) throws {
        do {
            _ = try TableCase.zoo(table)
            Issue.record("read without a word on the score")
        } catch ZooError.table(.content(.missingColumns(let names, _, let line), _, _)) {
            #expect(names == ["score"])
            let score = String(line?.split(separator: "score=").last ?? "").replacing("\"", with: "")
            #expect(score.hasSuffix("(%)"))
            var options = ReadingOptions()
            options.columns = ["score": score]
            let zoo = try TableCase.zoo(table, options: options)
            #expect(zoo.results.count == 4)
            #expect(try TableCase.result(zoo, "b", "cars") == 96.2)
        }
    }

    /// Headers of other languages than English.
    @Test(arguments: [
        ("Modell;Datensatz;Genauigkeit (%)", true), ("Modell;Datensatz;Fehlerrate (%)", false),
        ("Modèle;Jeu de données;Exactitude", true), ("Modèle;Jeu de données;Taux d'erreur", false),
        ("Modelo;Conjunto de datos;Exactitud", true), ("Modelo;Conjunto de datos;Tasa de error", false),
        ("Modello;Dataset;Accuratezza", true), ("Rang;Modell;Datensatz;Genauigkeit", true),
    ])
    func headersOfOtherLanguages(_ header: String, _ isHigher: Bool) throws {
        let rank = header.hasPrefix("Rang") ? "1;" : ""
        let zoo = try TableCase.zoo(
            "\(header)\n\(rank)a;pets;93,25\n\(rank)b;pets;91,40\n\(rank)a;cars;97,00\n\(rank)b;cars;96,20\n")
        #expect(zoo.results.count == 4 && zoo.datasets.allSatisfy { $0.metric.higherIsBetter == isHigher })
    }
}
