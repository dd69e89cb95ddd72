import Testing
import TransferGraphCore

/// What stands in a table of results beside its results: runs, statistics, bounds, settings, directions, ends of runs.
struct BesideResultsTests {
    // MARK: Runs

    @Test(arguments: [
        "seed", "run", "trial", "fold", "rep", "iter", "random_state", "cv_fold", "repetition", "run_id",
    ])
    func runsAreNoModelsWhereModelsStandAcross(_ word: String) throws {
        let zoo = try TableCase.zoo(
            "dataset,\(word),SVM,RF,XGB\nx,1,.9,.91,.92\nx,2,.8,.81,.82\ny,1,.7,.71,.72\ny,2,.6,.61,.62\n")
        #expect(zoo.models.map(\.name) == ["SVM", "RF", "XGB"])
        #expect(abs((try TableCase.result(zoo, "SVM", "x") ?? 0) - 0.85) < 1e-9)
    }

    @Test func theLastEpochOfAWideTableIsTheResult() throws {
        let zoo = try TableCase.zoo("model,epoch,pets,cars\na,1,.5,.4\na,2,.9,.8\nb,1,.4,.3\nb,2,.7,.6\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(try TableCase.result(zoo, "a", "pets") == 0.9)
        #expect(TableCase.note(zoo, "earlier epochs")?.count == 2)
    }

    @Test(arguments: ["fold 1,fold 2", "Run 1,Run 2", "seed_0,seed_1", "acc_seed1,acc_seed2"])
    func columnsThatAreRunsOfOneResult(_ names: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,\(names)\na,x,.9,.8\nb,x,.8,.7\na,y,.7,.6\nb,y,.6,.5\n")
        #expect(zoo.datasets.map(\.name) == ["x", "y"] && zoo.results.count == 4)
        #expect(abs((try TableCase.result(zoo, "a", "x") ?? 0) - 0.85) < 1e-9)
    }

    // MARK: Metrics and statistics in rows

    @Test(arguments: [
        "variable,value\nacc,loss", "key,value\naccuracy,fit_time", "statistic,value\nmean,std", ",accuracy\nmean,std",
    ])
    func metricsAndStatisticsOfRowsAreNotAveraged(_ pair: String) throws {
        let lines = pair.split(separator: "\n")
        let words = lines[1].split(separator: ",")
        let zoo = try TableCase.zoo(
            """
            model,dataset,\(lines[0])
            a,x,\(words[0]),.9
            a,x,\(words[1]),.1
            b,x,\(words[0]),.8
            b,x,\(words[1]),.2
            a,y,\(words[0]),.7
            a,y,\(words[1]),.1
            b,y,\(words[0]),.6
            b,y,\(words[1]),.2

            """)
        #expect(try TableCase.result(zoo, "a", "x") == 0.9)
        #expect(try TableCase.result(zoo, "b", "y") == 0.6)
        if words[1] != "loss" { #expect(TableCase.note(zoo, "rows of spreads, counts and times")?.count == 4) }
    }

    @Test(arguments: ["augmentation", "checkpoint", "optimizer"])
    func aColumnThatTellsMergedRowsApartIsNamed(_ name: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,\(name),acc\na,x,1000,.5\na,x,2000,.7\nb,x,1000,.6\nb,x,2000,.75\n")
        #expect(TableCase.note(zoo, "differ in '\(name)'") != nil)
    }

    @Test func aSourceBesideATargetIsPartOfTheModel() throws {
        let zoo = try TableCase.zoo(
            "source,target,model,acc\nimagenet,pets,a,.9\nimagenet,cars,a,.8\ninat,pets,a,.85\ninat,cars,a,.7\n")
        #expect(zoo.models.count == 2 && zoo.results.count == 4)
    }

    // MARK: Rows that are no results

    @Test(arguments: [
        ("TERMINATED", "ERROR"), ("COMPLETED", "OUT_OF_MEMORY"), ("finished", "crashed"), ("FINISHED", "KILLED"),
        ("Succeeded", "OOMKilled"), ("COMPLETED", "CANCELLED by 1000"), ("all fine", "failed"),
    ])
    func runsThatDidNotEndWellAreLeftOut(_ good: String, _ bad: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,status,acc\na,x,\(good),.9\nb,x,\(good),.8\nb,x,\(bad),.1\na,y,\(good),.7\nb,y,\(good),.6\n")
        #expect(try TableCase.result(zoo, "b", "x") == 0.8)
        #expect(TableCase.note(zoo, "did not end well")?.count == 1)
    }

    @Test func marginsOfAPivotAreNoModels() throws {
        let zoo = try TableCase.zoo(
            "model,cars,pets,food,All\nr,.87,.91,.8,.86\nv,.89,.93,.82,.88\nAll,.88,.92,.81,.87\n")
        #expect(zoo.models.map(\.name) == ["r", "v"] && zoo.datasets.map(\.name) == ["cars", "pets", "food"])
    }

    // MARK: Columns that are no datasets

    @Test(arguments: [
        "pets_lower,pets_upper", "wd,lr", "alpha,lr", "Crop,Batch size", "n,pets SD", "pets gain,Δ pets",
        "fit_time,stack_level", "Mean (TaskType),Max Tokens", "Classification Average (12 datasets),Memory (MB)",
    ])
    func whatIsBesideTheResultsIsNoDataset(_ names: String) throws {
        let zoo = try TableCase.zoo(
            "model,\(names),pets,cars,food\na,1,2,90,80,75\nb,1,5,93,85,71\nc,2,4,94,88,79\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars", "food"], "\(names)")
    }

    @Test(arguments: ["Average WER", "Average WER ⬇️", "mean RMSE", "Avg. error"])
    func theNameOfAMeanTellsTheMetric(_ name: String) throws {
        let zoo = try TableCase.zoo(
            "model,\(name),x,y,z\na,7.6,13.9,12.1,1.4\nb,8.2,15.9,11.2,2.1\nc,9.1,14.7,12.3,3.1\n")
        #expect(zoo.datasets.map(\.name) == ["x", "y", "z"])
        #expect(zoo.datasets.allSatisfy { !$0.metric.higherIsBetter })
    }

    // MARK: Rows of a header

    @Test(arguments: [
        ",↑,↓,↓", "higher is better,True,False,False", "lower is better,no,yes,yes", "direction,max,min,min",
    ])
    func aRowOfDirectionsIsRead(_ row: String) throws {
        let zoo = try TableCase.zoo("model,pets,ted,house\n\(row)\na,.9,.12,3.1\nb,.8,.10,2.9\nc,.7,.2,4\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "ted", "house"])
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [true, false, false])
    }

    @Test func statisticsAboveTheDatasetsAreRead() throws {
        let zoo = try TableCase.zoo(
            ",mean,mean,std,std\ndataset,cars,pets,cars,pets\nmodel,,,,\nr,.87,.91,.01,.02\nv,.89,.93,.01,.02\ns,.9,.94,.01,.02\n"
        )
        #expect(zoo.datasets.map(\.name) == ["cars", "pets"] && zoo.models.map(\.name) == ["r", "v", "s"])
    }

    @Test func datasetsInBracketsBehindTheirMetric() throws {
        let zoo = try TableCase.zoo("model,WER [ted],WER [libri],Acc [pets]\na,12,5,90\nb,10,4,91\nc,20,7,93\n")
        #expect(zoo.datasets.map(\.name) == ["ted", "libri", "pets"])
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false, true])
    }

    @Test func aColumnOfWhatIsBetterTellsTheDirection() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,value,better\na,x,3.1,lower\nb,x,2.1,lower\na,y,.9,higher\nb,y,.8,higher\n")
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, true])
    }

    // MARK: Refusals

    @Test(arguments: [
        ",pets,cars\ncount,3,3\nmean,.9,.8\nstd,.01,.02\nmin,.8,.7\n25%,.85,.75\n50%,.9,.8\n75%,.9,.8\nmax,.9,.9\n",
        "model,score_val,pred_time_val,fit_time,stack_level,can_infer,fit_order\na,.88,.1,30,2,True,3\nb,.87,.02,3,1,True,1\n",
        "model,score_test,score_val,eval_metric,pred_time_test\na,.87,.88,accuracy,.1\nb,.86,.87,accuracy,.01\n",
        "model,AP,AP50,AP75,APs,APm,APl,Params\na,37.4,58.1,40.4,21.2,41,48.1,41.5M\nb,40.1,61,44,24,44,52,44M\n",
        "model,metric,seed_0,seed_1,seed_2\na,acc,.9,.91,.92\nb,acc,.8,.81,.82\n",
    ])
    func tablesWithoutADatasetAreRefused(_ table: String) {
        #expect(throws: ZooError.self) { _ = try TableCase.zoo(table) }
    }
}
