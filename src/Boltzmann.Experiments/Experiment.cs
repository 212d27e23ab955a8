namespace Boltzmann.Experiments;

/// <summary>A published experiment that runs from one command and writes a page with our number beside theirs.</summary>
abstract class Experiment
{
    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list.</summary>
    public abstract string Description { get; }

    /// <summary>The published number and its source, for the list.</summary>
    public abstract string Published { get; }

    /// <summary>How long it takes, for the list.</summary>
    public abstract string Takes { get; }

    /// <summary>Runs, or goes on where an earlier run stopped, and writes the page.</summary>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint.</exception>
    public abstract void Run(ExperimentContext context);

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new LikelihoodExperiment(), new TutorialExperiment(), new SmallDigitsExperiment(), new CsvExperiment(), new RbmMnistExperiment(),
            new RbmFewLabelsExperiment(), new FiveEpochsExperiment(), new DbnMnistExperiment(),
        new DbmMnistExperiment(), new DbmFewLabelsExperiment(), new DbmCentredExperiment(), new ExactGradientExperiment(),
            new HalfDigitsExperiment(), new DenoisingExperiment(),
    ];

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Experiment Find(string name) => All.FirstOrDefault(e => e.Name == name)
        ?? throw new BadInputException($"there is no experiment '{name}'; known are {string.Join(", ", All.Select(e => e.Name))}");
}
