using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Boltzmann.Training;

/// <summary>
/// What training and evaluations tell listeners of System.Diagnostics, such as OpenTelemetry: a <see cref="Meter"/> and an
/// <see cref="ActivitySource"/> of one name. Nothing is measured, and nothing allocated, while nobody listens.
/// Instruments, by tags boltzmann.model (the kind, as files call it) and boltzmann.run (the folder's name, where there is a run):
/// boltzmann.train.rows, .updates and .epochs count; boltzmann.train.epoch.duration is a histogram in seconds; boltzmann.train.rate is
/// the last epoch's rows per second; boltzmann.train.metric the last value of each metric, by tag boltzmann.metric;
/// boltzmann.evaluate.duration and boltzmann.evaluate.metric are the same of evaluations. Metrics that are not finite are left out.
/// Activities: "train" or "fine-tune" for a run, "train epoch" for each of its epochs, "evaluate" for an evaluation.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Boltzmann";

    const string ModelTag = "boltzmann.model", RunTag = "boltzmann.run", MetricTag = "boltzmann.metric", EpochTag = "boltzmann.epoch",
        RowsTag = "boltzmann.rows";

    static readonly Meter meter = new(Name, typeof(Telemetry).Assembly.GetName().Version?.ToString(3));
    static readonly ActivitySource source = new(Name, typeof(Telemetry).Assembly.GetName().Version?.ToString(3));
    static readonly Counter<long> rows = meter.CreateCounter<long>("boltzmann.train.rows", "{row}", "Rows learned.");
    static readonly Counter<long> updates = meter.CreateCounter<long>("boltzmann.train.updates", "{update}", "Updates of parameters.");
    static readonly Counter<long> epochs = meter.CreateCounter<long>("boltzmann.train.epochs", "{epoch}", "Epochs completed.");
    static readonly Histogram<double> epochDuration = meter.CreateHistogram<double>("boltzmann.train.epoch.duration", "s",
        "Time spent in the updates of an epoch.");
    static readonly Gauge<double> rate = meter.CreateGauge<double>("boltzmann.train.rate", "{row}/s",
        "Rows per second in the updates of the last epoch.");
    static readonly Gauge<double> metric = meter.CreateGauge<double>("boltzmann.train.metric", null,
        "Last value of a metric of training, in the unit of the metric.");
    static readonly Histogram<double> evaluationDuration = meter.CreateHistogram<double>("boltzmann.evaluate.duration", "s",
        "Time that an evaluation took.");
    static readonly Gauge<double> evaluationMetric = meter.CreateGauge<double>("boltzmann.evaluate.metric", null,
        "Last value of a metric of an evaluation, in the unit of the metric.");

    // As the current activity: of the thread that trains, and of nobody else.
    static readonly AsyncLocal<string?> run = new();

    /// <summary>After an update.</summary>
    internal static void AddUpdate(string model, int learned)
    {
        if (!rows.Enabled && !updates.Enabled) return;
        TagList tags = Tags(model);
        rows.Add(learned, tags);
        updates.Add(1, tags);
    }

    /// <summary>When something begins that may become an activity; the least time where nobody listens.</summary>
    internal static DateTimeOffset Now => source.HasListeners() ? DateTimeOffset.UtcNow : default;

    /// <summary>
    /// After an epoch. Its activity is made when it has ended, so that it is not the current one while whoever reads the records works.
    /// </summary>
    internal static void AddEpoch(string model, int epoch, int learned, DateTimeOffset begin, double seconds, double perSecond,
        IReadOnlyDictionary<string, double> values)
    {
        if (epochs.Enabled || epochDuration.Enabled || rate.Enabled || metric.Enabled)
        {
            TagList tags = Tags(model);
            epochs.Add(1, tags);
            epochDuration.Record(seconds, tags);
            if (double.IsFinite(perSecond)) rate.Record(perSecond, tags);
            foreach (var (name, value) in values) Record(metric, name, value, tags);
        }
        if (begin == default) return;
        using Activity? activity = source.StartActivity("train epoch", ActivityKind.Internal, Activity.Current?.Context ?? default,
            startTime: begin);
        if (activity is null) return;
        Describe(activity, model);
        activity.SetTag(EpochTag, epoch);
        activity.SetTag(RowsTag, learned);
        foreach (var (name, value) in values) activity.SetTag($"{MetricTag}.{name}", value);
    }

    /// <summary>A run begins; it ends when what is given is disposed of.</summary>
    /// <param name="activity">What it does: "train".</param>
    /// <param name="model">Kind of its model.</param>
    /// <param name="name">Its name: that of the folder.</param>
    internal static IDisposable BeginRun(string activity, string model, string name)
    {
        string? before = run.Value;
        run.Value = name;
        Activity? begun = source.StartActivity(activity);
        if (begun is not null) Describe(begun, model);
        return new TelemetryScope(() =>
        {
            begun?.Dispose();
            run.Value = before;
        });
    }

    /// <summary>An evaluation: its time and what it finds.</summary>
    internal static TResult Evaluate<TResult>(string model, Func<TResult> evaluate,
        Func<TResult, IEnumerable<KeyValuePair<string, double>>> found)
    {
        using Activity? activity = source.StartActivity("evaluate");
        if (activity is null && !evaluationDuration.Enabled && !evaluationMetric.Enabled) return evaluate();
        if (activity is not null) Describe(activity, model);
        long begin = Stopwatch.GetTimestamp();
        TResult result;
        try
        {
            result = evaluate();
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        TagList tags = Tags(model);
        evaluationDuration.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds, tags);
        foreach (var (name, value) in found(result))
        {
            Record(evaluationMetric, name, value, tags);
            activity?.SetTag($"{MetricTag}.{name}", value);
        }
        return result;
    }

    static TagList Tags(string model)
    {
        var tags = new TagList { { ModelTag, model } };
        if (run.Value is string name) tags.Add(RunTag, name);
        return tags;
    }

    static void Record(Gauge<double> gauge, string name, double value, TagList tags)
    {
        if (!double.IsFinite(value)) return;
        tags.Add(MetricTag, name);
        gauge.Record(value, tags);
    }

    static void Describe(Activity activity, string model)
    {
        activity.SetTag(ModelTag, model);
        if (run.Value is string name) activity.SetTag(RunTag, name);
    }
}
