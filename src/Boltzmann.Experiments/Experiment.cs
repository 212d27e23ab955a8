namespace Boltzmann.Experiments;

/// <summary>A published experiment that runs from one command and writes a page with our number beside theirs.</summary>
abstract class Experiment
{
    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list and the head of the page.</summary>
    public string Description => Facts.Description;

    /// <summary>The published number and its source, for the list.</summary>
    public string Published => Facts.Published;

    /// <summary>How long it takes, for the list.</summary>
    public string Takes => Facts.Takes;

    /// <summary>Its page is Pages/NAME.md; experiments that differ in a machine share one.</summary>
    public virtual string Template => Name;

    /// <summary>Runs, or goes on where an earlier run stopped, and writes the page.</summary>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint.</exception>
    public abstract void Run(ExperimentContext context);

    ExperimentFacts Facts => ExperimentFacts.Library.Experiments[Name];

    /// <summary>A published number by its name in Experiments.json.</summary>
    protected Reference PublishedNumber(string name) => Facts.References.TryGetValue(name, out Reference? reference) ? reference
        : throw new InvalidOperationException($"Experiments.json has no '{name}' among the references of {Name}");

    /// <summary>Writes the page to the results, and beside it pictures of a run.</summary>
    /// <param name="context">How the experiment was asked for.</param>
    /// <param name="values">What the page asks for, besides what every page may.</param>
    /// <param name="pictures">What each picture shows, and the run's file; the page names it LABEL-WHAT.png.</param>
    protected void Write(ExperimentContext context, PageValues values, params (string What, string Source)[] pictures)
    {
        string label = context.Labelled(Name);
        var common = new PageValues
        {
            { "quick", context.Quick },
            { "as-published", context.AsPublished },
            { "plain", !context.AsPublished },
            { "description", Description },
            { "label", label },
            { "machine", Machine.Describe(context.Placement) },
            { "seed", $"{context.Seed}" },
            { "command", context.CommandLine },
        };
        string page = PageTemplate.Of(Template).Fill(values, common);
        foreach (var (what, source) in pictures) context.WriteBytes($"{label}-{what}.png", File.ReadAllBytes(source));
        context.WriteText($"{label}.md", page);
        context.Say($"written to {Path.Combine(context.Results, $"{label}.md")}");
    }

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new LikelihoodExperiment(), new TutorialExperiment(), new SmallDigitsExperiment(), new CsvExperiment(),
        new RbmMnistExperiment(), new RbmFewLabelsExperiment(), new FiveEpochsExperiment(), new DbnMnistExperiment(),
        new DbmMnistExperiment(), new DbmFewLabelsExperiment(), new DbmCentredExperiment(), new ExactGradientExperiment(),
        new HalfDigitsExperiment(), new DenoisingExperiment(), new TablesExperiment(),
        new SearchExperiment(), new RatingsExperiment(), new ProteinsExperiment(), new TopicsExperiment(), new QuantumIsingExperiment(),
        new SpikesExperiment(), new IsingExperiment(), new AutoencoderExperiment(),
        new ScienceBitmapExperiment(), new ScienceWordsExperiment(), new SunspotsExperiment(), new GasolineExperiment(),
        new NoisySineExperiment(), new MusicExperiment(), new RnnRbmTutorialExperiment(), new BouncingBallsExperiment(),
        new MocapExperiment(), new EegExperiment(), new EcgExperiment(),
    ];

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Experiment Find(string name) => All.FirstOrDefault(e => e.Name == name)
        ?? throw new BadInputException($"there is no experiment '{name}'; known are {string.Join(", ", All.Select(e => e.Name))}");
}
