using System.Diagnostics;
using System.Diagnostics.Metrics;
using Boltzmann.Inference;
using Boltzmann.Runs;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Training;

/// <summary>What listeners hear, and that a step allocates nothing also while one listens.</summary>
[Collection(nameof(TelemetryTests)), CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests : IDisposable
{
    const int Rows = 25, BatchSize = 10, Epochs = 3;

    readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> heard = [];
    readonly List<Activity> ended = [];
    readonly MeterListener meters = new();
    readonly ActivityListener activities;
    readonly int thread = Environment.CurrentManagedThreadId;

    public TelemetryTests()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        activities = new()
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Environment.CurrentManagedThreadId == thread) ended.Add(activity);
            },
        };
    }

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId == thread) heard.Add((instrument.Name, value, new(tags.ToArray())));
    }

    void Listen()
    {
        meters.Start();
        ActivitySource.AddActivityListener(activities);
    }

    double Sum(string name) => heard.Where(one => one.Name == name).Sum(one => one.Value);

    static Trainer NewTrainer() => new(new Rbm(new BernoulliLayer(6), new BernoulliLayer(4)), new ContrastiveDivergence(), new Sgd(),
        new TrainerOptions { BatchSize = BatchSize, Metrics = [MetricCatalog.Parse("pseudo-likelihood")] });

    static Dataset Data(int rows) =>
        new("rows", new NumberRows([.. Enumerable.Range(0, 6 * rows).Select(i => (double)(i * 7 % 3 % 2))], 6));

    [Fact]
    public void A_training_counts_rows_updates_and_epochs_and_tells_its_metrics()
    {
        Listen();
        foreach (TrainingProgress _ in NewTrainer().Run(Data(Rows), Epochs)) Assert.Null(Activity.Current);
        Assert.Equal(Epochs * Rows, Sum("boltzmann.train.rows"));
        Assert.Equal(Epochs * 3, Sum("boltzmann.train.updates"));
        Assert.Equal(Epochs, Sum("boltzmann.train.epochs"));
        Assert.Equal(Epochs, heard.Count(one => one.Name == "boltzmann.train.epoch.duration" && one.Value > 0));
        Assert.Equal(Epochs, heard.Count(one => one.Name == "boltzmann.train.rate" && one.Value > 0));
        var metric = heard.Where(one => one.Name == "boltzmann.train.metric").ToArray();
        Assert.Equal(Epochs, metric.Length);
        Assert.All(metric, one => Assert.Equal("pseudo-likelihood", one.Tags["boltzmann.metric"]));
        Assert.All(heard, one => Assert.Equal("rbm", one.Tags["boltzmann.model"]));
        Assert.All(heard, one => Assert.False(one.Tags.ContainsKey("boltzmann.run")));

        Assert.Equal(Epochs, ended.Count);
        foreach (var (i, activity) in ended.Index())
        {
            Assert.Equal("train epoch", activity.OperationName);
            Assert.Equal(i + 1, activity.GetTagItem("boltzmann.epoch"));
            Assert.Equal(Rows, activity.GetTagItem("boltzmann.rows"));
            Assert.Equal("rbm", activity.GetTagItem("boltzmann.model"));
            Assert.Equal(metric[i].Value, activity.GetTagItem("boltzmann.metric.pseudo-likelihood"));
        }
    }

    [Fact]
    public void A_run_is_one_activity_above_its_epochs_and_gives_its_name_to_all()
    {
        using var folder = new TemporaryFolder();
        Listen();
        TrainPlan plan = TrainPlan.Of(ModelKind.Dbn) with { Data = "rows", Hidden = [4, 3], Epochs = 2 };
        string path = Path.Combine(folder.Path, "my-run");
        RunLauncher.Start(plan, new RunContext(new Source()), new() { Folder = path });
        Activity run = Assert.Single(ended, activity => activity.OperationName == "train");
        Activity[] epochs = [.. ended.Where(activity => activity.OperationName == "train epoch")];
        Assert.Equal(4, epochs.Length);
        Assert.All(epochs, epoch => Assert.Equal(run.SpanId, epoch.ParentSpanId));
        Assert.All(ended, activity => Assert.Equal("my-run", activity.GetTagItem("boltzmann.run")));
        Assert.All(heard.Where(one => one.Name.StartsWith("boltzmann.train", StringComparison.Ordinal)),
            one => Assert.Equal("my-run", one.Tags["boltzmann.run"]));
        Assert.Null(Activity.Current);

        heard.Clear();
        ended.Clear();
        TrainedModel.Load(path).Evaluate(Source.Rows, new EvaluationRequest { Metrics = [EvaluationMetric.LogLikelihood] });
        Activity evaluation = Assert.Single(ended);
        Assert.Equal("evaluate", evaluation.OperationName);
        Assert.Null(evaluation.GetTagItem("boltzmann.run"));
        var (_, value, tags) = Assert.Single(heard,
            one => one.Name == "boltzmann.evaluate.metric" && one.Tags["boltzmann.metric"] is "log-likelihood");
        Assert.InRange(value, -20, 0);
        Assert.Equal("dbn", tags["boltzmann.model"]);
        Assert.Equal(value, evaluation.GetTagItem("boltzmann.metric.log-likelihood"));
        Assert.Single(heard, one => one.Name == "boltzmann.evaluate.duration");

        ended.Clear();
        Assert.Throws<BadInputException>(() => TrainedModel.Load(path).Evaluate(Source.Rows,
            new EvaluationRequest { Metrics = [EvaluationMetric.Accuracy] }));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(ended).Status);
    }

    [Fact]
    public void A_network_tells_its_metrics_too()
    {
        Listen();
        new DbnClassifier<int>(new() { Hidden = [4], PretrainingEpochs = 0, Epochs = 2 }).Fit(Data(20).ToMatrix(),
            [.. Enumerable.Range(0, 20).Select(r => r % 2)]);
        Assert.Equal(2, heard.Count(one => one.Name == "boltzmann.train.metric" && one.Tags["boltzmann.metric"] is "accuracy"));
        Assert.All(heard, one => Assert.Equal("network", one.Tags["boltzmann.model"]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_warm_step_allocates_nothing_whether_or_not_somebody_counts(bool isHeard)
    {
        using var counting = new MeterListener();
        long rows = 0;
        counting.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "boltzmann.train.rows") listener.EnableMeasurementEvents(instrument);
        };
        counting.SetMeasurementEventCallback<long>((_, value, _, _) => rows += value);
        if (isHeard) counting.Start();
        Trainer trainer = NewTrainer();
        long before = 0, allocated = -1;
        foreach (TrainingProgress step in trainer.Run(Data(1000), 2))
        {
            if (step is { Epoch: 2, Batch: 5 }) before = GC.GetAllocatedBytesForCurrentThread();
            if (step is { Epoch: 2, Batch: 95 }) allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
        Assert.Equal(isHeard ? 2000 : 0, rows);
    }

    sealed class Source : IDataSource
    {
        public static Dataset Rows => Data(60);

        public Dataset Open(string name, DataOptions options) => Rows;

        public bool IsSet(string name) => true;

        public bool HasPart(string name, DataSplit part) => false;

        public ImageShape? ImageOf(string name) => null;
    }
}
