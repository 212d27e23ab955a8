namespace Boltzmann.Tests.Runs;

/// <summary>Searches for settings, as a program starts them.</summary>
public sealed class TunerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly RunContext context = new(new DataCatalog());

    static readonly TunePlan plan = new(TrainPlan.Of(ModelKind.Rbm) with
    {
        Data = "demo",
        Hidden = [6],
        Epochs = 9,
        Metrics = ["weight-norm"],
    })
    {
        Over = ["learning-rate=0.001..0.5", "batch-size=10,20,50"],
        Budget = 6,
        Metric = "validation-reconstruction-error",
    };

    /// <summary>Stops a search when a line of its course is said.</summary>
    sealed class Stopper(CancellationTokenSource source, Predicate<string> when) : IRunObserver
    {
        public void Say(string line)
        {
            if (when(line)) source.Cancel();
        }

        public void Warn(string line) { }

        public void Note(string line) { }

        public T Track<T>(string title, Func<IProgress<double>, T> work)
        {
            Say(title);
            return work(new SilentObserver());
        }

        public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => work(_ => { });
    }

    [Fact]
    public void Trials_are_halved_by_held_out_rows_and_the_best_of_the_last_round_is_named()
    {
        TuneResult result = Tuner.Run(plan, context, new() { Folder = folder["search"] });
        TuneRecord record = result.Record;
        Assert.Equal([1, 3, 9], record.Epochs);
        Assert.Equal([6, 2, 1], Enumerable.Range(0, 3).Select(round => record.Trials.Count(trial => trial.Rounds.Count > round)));
        Assert.False(record.HigherIsBetter);

        // Those that went on were the better ones.
        foreach (int round in (int[])[0, 1])
        {
            double worst = record.Trials.Where(t => t.Rounds.Count > round + 1).Max(t => t.Rounds[round].Value);
            Assert.All(record.Trials.Where(t => t.Rounds.Count == round + 1), t => Assert.True(t.Rounds[round].Value >= worst));
        }
        Assert.Equal(3, result.Best.Rounds.Count);

        // A trial is an ordinary run, whose metrics are what was judged.
        RunFolder best = RunFolder.Open(result.BestPath);
        Assert.True(best.Settings.Finished);
        Assert.Equal(9, best.Settings.Integer("epochs"));
        Assert.Equal(result.Best.Last!.Value, RunMetrics.Read(best).Find(record.Metric)!.Last!.Value.Value);
        Assert.Equal(6, ModelFile.LoadRbm(best.ModelPath).Hidden.Units);
        Assert.True(Tuner.Run(plan, context, new() { Folder = folder["search"] }).IsDone);
        string page = File.ReadAllText(result.PagePath);
        Assert.DoesNotContain("src=\"http", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains(result.Best.Folder, page);
    }

    [Theory]
    [InlineData("round 1/3, trial 4/6")]
    [InlineData("round 2/3, trial 1/2")]
    [InlineData("round 3/3, trial 1/1")]
    public void A_search_that_was_stopped_anywhere_ends_at_the_same_result(string where)
    {
        TuneResult whole = Tuner.Run(plan, context, new() { Folder = folder["whole"] });
        using var source = new CancellationTokenSource();
        RunContext stopped = context with { Observer = new Stopper(source, line => line == where), Interrupted = source.Token };
        OperationCanceledException told = Assert.Throws<OperationCanceledException>(() =>
            Tuner.Run(plan, stopped, new() { Folder = folder["parts"] }));
        Assert.Contains($"boltzmann tune train rbm --resume {folder["parts"]}", told.Message);
        Assert.False(TuneRecord.Read(Path.Combine(folder["parts"], "tune.json")).IsFinished);
        TuneResult parts = Tuner.Resume(folder["parts"], context);
        Assert.Equal(File.ReadAllText(whole.RecordPath), File.ReadAllText(parts.RecordPath));
        Rbm a = ModelFile.LoadRbm(Path.Combine(whole.BestPath, "model.safetensors")),
            b = ModelFile.LoadRbm(Path.Combine(parts.BestPath, "model.safetensors"));
        foreach (var (one, other) in a.Parameters.Zip(b.Parameters)) Assert.Equal(one.Value.ToArray(), other.Value.ToArray());
    }

    [Fact]
    public void A_search_whose_record_is_behind_its_runs_ends_at_the_same_result()
    {
        TuneResult whole = Tuner.Run(plan, context, new() { Folder = folder["whole"] });
        string expected = File.ReadAllText(whole.RecordPath);
        // Killed between the end of a training and the note of it.
        TuneRecord record = TuneRecord.Read(whole.RecordPath);
        TuneTrial best = record.Best!;
        TuneRecord behind = record with
        {
            Trials = [.. record.Trials.Select(trial =>
                trial.Number == best.Number ? best with { Rounds = [.. best.Rounds.Take(2)] } : trial)],
        };
        behind.Write(whole.RecordPath);
        Assert.NotEqual(expected, File.ReadAllText(whole.RecordPath));
        Tuner.Run(plan, context, new() { Folder = folder["whole"] });
        Assert.Equal(expected, File.ReadAllText(whole.RecordPath));
    }

    [Fact]
    public void A_trial_that_diverges_is_the_worst_and_not_the_end()
    {
        TuneResult result = Tuner.Run(plan with { Over = ["learning-rate=0.05,1e30"], Budget = 2 }, context,
            new() { Folder = folder["search"] });
        TuneTrial failed = result.Record.Trials.Single(trial => trial.Settings["learning-rate"] == "1e30");
        Assert.NotNull(failed.Last!.Failure);
        Assert.True(double.IsNaN(failed.Last.Value));
        Assert.Equal("0.05", result.Best.Settings["learning-rate"]);
        Assert.Same(failed, result.Record.InOrder()[^1]);
        Assert.Contains(failed.Last.Failure!, TuneText.Trials(result.Record).ToText());
        Assert.Contains("every trial of round 1 failed", Assert.Throws<BadInputException>(() => Tuner.Run(plan with
        {
            Over = ["learning-rate=1e29,1e30"],
            Budget = 2,
        }, context, new() { Folder = folder["none"] })).Message);
    }

    [Fact]
    public void A_more_careful_likelihood_is_of_the_rows_and_bits_that_the_training_measures()
    {
        // Small enough to be exact both times, so that nothing but the rows could differ; and grey values, whose bits are drawn.
        TrainPlan grey = TrainPlan.Of(ModelKind.Rbm) with
        {
            TrainRows = 300,
            Hidden = [6],
            Epochs = 2,
            Seed = 3,
            Precision = Precision.Float32,
            Metrics = ["validation-log-likelihood:2"],
        };
        RunFolder run = RunLauncher.Start(grey, context, new() { Folder = folder["grey"] }).Folder;
        MetricReading measured = RunMetrics.Read(run).Find("validation-log-likelihood")!.Last!.Value;
        MetricValue careful = CarefulLikelihood.Of(RunPlan.From(run.Settings), run, "validation-log-likelihood",
            context with { Seed = 3 })!;
        Assert.Equal(measured.Value, careful.Value, 1e-9 * Math.Abs(measured.Value));
        Assert.Null(CarefulLikelihood.Of(RunPlan.From(run.Settings), run, "validation-pseudo-likelihood", context));
    }

    static TuneRecord Record(int[] epochs, params TrialRound[][] rounds) => new(new RunSettings(), ["learning-rate=0.1..1"], rounds.Length,
        "validation-log-likelihood", epochs, [.. rounds.Select((of, t) => new TuneTrial(t + 1, new Dictionary<string, string>(), of))]);

    static TrialRound Quick(double value) => new(1, value, 0.1);

    static TrialRound Careful(double value, double error = 0) => new(1, value, error) { IsCareful = true };

    static readonly TrialRound failed = new(1, double.NaN, Failure: "n/a");

    [Fact]
    public void Nothing_goes_on_or_wins_by_a_quick_estimate()
    {
        // Two of six go on: the first by a careful estimate, the third by a quick one that is as good as careful ones of others.
        TuneRecord record = Record([1, 3], [Careful(-90, 0.1)], [Quick(-97)], [Quick(-91)], [Quick(-98)], [failed], [Quick(-99)]);
        Assert.Equal(3, record.InNeedOfCare(0)!.Number);
        // With care it was flattered: the second is next, and the sixth never counts.
        record = record.With(record.Trials[2] with { Rounds = [Careful(-98)] });
        Assert.Equal(2, record.InNeedOfCare(0)!.Number);
        record = record.With(record.Trials[1] with { Rounds = [Careful(-97)] });
        Assert.Null(record.InNeedOfCare(0));
        Assert.Equal([1, 2], record.TakePart(1).Select(trial => trial.Number));

        // The last round is not over before its winner is known with care.
        TuneRecord last = Record([1], [Quick(-90)], [Careful(-91)]);
        Assert.False(last.IsFinished);
        Assert.True(last.With(last.Trials[0] with { Rounds = [Careful(-92)] }).IsFinished);
        // Where nothing is estimated there is nothing to be careful about.
        Assert.True(Record([1], [new TrialRound(1, -90)], [new TrialRound(1, -91)]).IsFinished);
    }

    [Fact]
    public void An_uncertain_estimate_counts_with_its_error_against_it()
    {
        TuneRecord record = Record([1], [Careful(-95, 1)], [Careful(-96, 0.1)]);
        Assert.Equal(2, record.Best!.Number);
        Assert.Equal(1, record.With(record.Trials[0] with { Rounds = [Careful(-95, 0.5)] }).Best!.Number);
        TuneRecord errors = Record([1], [Careful(0.5, 0.1)], [Careful(0.6)]) with { Metric = "validation-reconstruction-error" };
        Assert.Equal(2, errors.Best!.Number);
    }

    [Fact]
    public void The_next_best_takes_the_place_of_a_round_that_failed()
    {
        TuneRecord record = Record([1, 3], [Careful(-93)], [Careful(-91)], [Careful(-92)], [failed]);
        Assert.Equal([2], record.TakePart(1).Select(trial => trial.Number));
        record = record.With(record.Trials[1] with { Rounds = [Careful(-91), failed] });
        Assert.Equal([2, 3], record.TakePart(1).Select(trial => trial.Number));
        Assert.False(record.IsFinished);
        record = record.With(record.Trials[2] with { Rounds = [Careful(-92), Careful(-90)] });
        Assert.Equal([2, 3], record.TakePart(1).Select(trial => trial.Number));
        Assert.True(record.IsFinished);
        Assert.Equal(3, record.Best!.Number);
        // Those that failed before have no turn.
        record = Record([1, 3], [Careful(-93), failed], [failed]);
        Assert.Equal([1], record.TakePart(1).Select(trial => trial.Number));
        Assert.False(record.IsFinished);
    }

    [Fact]
    public void A_likelihood_that_decides_is_estimated_with_care_and_the_record_keeps_it()
    {
        // Too many units on both sides to be enumerated.
        var rng = new Rng(5);
        File.WriteAllLines(folder["bits.csv"], Enumerable.Range(0, 200).Select(_ =>
            string.Join(',', Enumerable.Range(0, 32).Select(i => i > 0 && rng.NextUniform() < 0.5 ? 1 : 0))).Prepend(
                string.Join(',', Enumerable.Range(0, 32).Select(i => $"c{i}"))));
        TuneResult result = Tuner.Run(new(TrainPlan.Of(ModelKind.Rbm) with
        {
            Data = folder["bits.csv"],
            Hidden = [32],
            Epochs = 3,
            VisibleUnits = "bernoulli",
            Metrics = ["weight-norm"],
        })
        {
            Over = ["learning-rate=0.01..0.1"],
            Budget = 3,
            Metric = "validation-log-likelihood",
        }, context, new() { Folder = folder["search"] });
        Assert.All(result.Best.Rounds, round => Assert.True(round.IsCareful));
        Assert.Equal(1, result.Record.Trials.Count(trial => trial.Rounds[0].IsCareful));
        TuneRecord read = TuneRecord.Read(result.RecordPath);
        Assert.Equal(result.Record.Trials.SelectMany(trial => trial.Rounds), read.Trials.SelectMany(trial => trial.Rounds));
        MetricReading quick = RunMetrics.Read(RunFolder.Open(result.BestPath)).Find("validation-log-likelihood")!.Last!.Value;
        Assert.NotEqual(quick.Value, result.Best.Last!.Value);
        Assert.Equal(quick.Value, result.Best.Last.Value, 5 * quick.StandardError!.Value);
    }

    [Fact]
    public void Default_ranges_search_how_far_the_rate_falls_and_leave_out_what_makes_chains_stick()
    {
        IReadOnlyList<string> defaults = SearchSpace.DefaultsOf(TrainPlan.Of(ModelKind.Rbm));
        Assert.Contains(defaults, text => text.StartsWith("learning-rate-end=", StringComparison.Ordinal));
        Assert.Contains("batch-size=20,50,100", defaults);
        Assert.Contains("momentum=0,0.5", defaults);
        // Of several rates the last one is the end, and what is stated stays.
        Assert.DoesNotContain(SearchSpace.DefaultsOf(TrainPlan.Of(ModelKind.Rbm) with { LearningRate = [0.1, 0.01] }),
            text => text.StartsWith("learning-rate-end=", StringComparison.Ordinal));
        Assert.DoesNotContain(SearchSpace.DefaultsOf(TrainPlan.Of(ModelKind.Rbm) with { LearningRateEnd = 0.01 }),
            text => text.StartsWith("learning-rate-end=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stack_is_trained_anew_for_each_round()
    {
        TuneResult result = Tuner.Run(plan with
        {
            Training = TrainPlan.Of(ModelKind.Dbn) with { Data = "demo", Hidden = [6, 4], Epochs = 3, Metrics = ["weight-norm"] },
            Budget = 3,
        }, context, new() { Folder = folder["search"] });
        Assert.Equal(3, RunFolder.Open(result.BestPath).Settings.Integer("epochs"));
        RunLauncher.Start(RunPlan.From(RunFolder.Open(result.BestPath).Settings), context, new() { Folder = folder["once"] });
        Assert.Equal(RunMetrics.Read(RunFolder.Open(folder["once"])).Curves.Select(curve => curve.Last),
            RunMetrics.Read(RunFolder.Open(result.BestPath)).Curves.Select(curve => curve.Last));
    }

    [Theory]
    [InlineData("test-accuracy", "what is chosen by the test split")]
    [InlineData("reconstruction-error", "choose by --metric validation-reconstruction-error")]
    [InlineData("validation-reconstruction-eror", "did you mean 'validation-reconstruction-error'?")]
    [InlineData("free-energy-gap", "is not of held-out rows")]
    [InlineData("validation-accuracy", "validation-accuracy")]
    public void Other_metrics_are_refused(string metric, string because) => Refused(plan with { Metric = metric }, because);

    [Fact]
    public void What_cannot_be_searched_is_refused_before_a_folder_is_there()
    {
        var training = (TrainPlan)plan.Training;
        Refused(plan with { Training = training with { ValidationRows = 0 } }, "expected --validation-rows N above 0");
        Refused(plan with
        {
            Training = training with
            {
                Metrics = ["validation-reconstruction-error"],
                EarlyStopping = "validation-reconstruction-error"
            }
        }, "--early-stopping does not go with tune");
        Refused(plan with { FirstEpochs = 10 }, "--first-epochs 10 is more than the --epochs of the last round, 9");
        Refused(plan with { Over = ["learning-rate=0.1,0.2", "learning-rate=0.3,0.4"] }, "is given twice");
        Refused(plan with { Training = training with { Data = "no-such-set" } }, "no-such-set");
        Assert.Throws<BadInputException>(() => plan with { Budget = 1 });
        Directory.CreateDirectory(folder["taken"]);
        File.WriteAllText(Path.Combine(folder["taken"], "notes.txt"), "mine");
        Assert.Contains("is not empty", Assert.Throws<BadInputException>(() =>
            Tuner.Run(plan, context, new() { Folder = folder["taken"] })).Message);
    }

    [Fact]
    public void Another_search_in_the_folder_is_refused_by_what_differs()
    {
        TunePlan small = plan with { Budget = 2, Training = (TrainPlan)plan.Training with { Epochs = 1 } };
        Tuner.Run(small, context, new() { Folder = folder["search"] });
        Assert.Contains("holds another search, with other budget", Assert.Throws<BadInputException>(() =>
            Tuner.Run(small with { Budget = 3 }, context, new() { Folder = folder["search"] })).Message);
        TuneResult replaced = Tuner.Run(small with { Budget = 3 }, context, new() { Folder = folder["search"], Force = true });
        Assert.Equal(3, replaced.Record.Trials.Count);
    }

    void Refused(TunePlan refused, string because)
    {
        Assert.Contains(because, Assert.Throws<BadInputException>(() =>
            Tuner.Run(refused, context, new() { Folder = folder["none"] })).Message);
        Assert.False(Directory.Exists(folder["none"]));
    }
}
