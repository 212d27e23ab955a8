namespace Boltzmann;

/// <summary>
/// A trained machine with memory, ready to be asked: it takes sequences in the units of the data it was trained on and answers in them. One
/// model, many readers.
/// </summary>
public sealed class TrainedSequences
{
    readonly SequenceFacts facts;
    readonly DataDescription learned;

    TrainedSequences(string path, SequenceModel model, ModelDescription description)
    {
        (Path, Model, Description) = (path, model, description);
        facts = SequenceFacts.Of(description);
        learned = DataDescription.Read(description, path);
    }

    /// <summary>Whether a file holds a machine with memory.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static bool IsOf(string path) => ModelFile.Describe(RunFolder.FindModel(path)).Kind.HasMemory;

    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <param name="placement">Where to compute; single precision on all cores when null.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read; the message says why.</exception>
    public static TrainedSequences Load(string path, Placement? placement = null)
    {
        path = RunFolder.FindModel(path);
        return new(path, ModelFile.LoadSequence(path, placement ?? Placement.Default), ModelFile.Describe(path));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The machine, in the units of its training.</summary>
    public SequenceModel Model { get; }

    /// <summary>Kind, layers, memory, and how it was trained.</summary>
    public ModelDescription Description { get; }

    /// <summary>What steps go through before the machine sees them; null for nothing.</summary>
    public Scaling? Scaling => learned.Scaling;

    /// <summary>Sweeps of mean-field inference that it learned to predict by (method mp); null if it learned otherwise.</summary>
    public int? PredictionSweeps => facts.PredictionSweeps;

    /// <summary>How a step is a picture, if the file tells.</summary>
    public ImageShape? Image => learned.Image;

    /// <summary>Names of the columns of a step: those of the training, its symbols or pitches, or v0, v1, …</summary>
    public IReadOnlyList<string> ColumnNames => learned.ColumnNames
        ?? Model.Symbols?.Select(s => s.Length == 0 ? "end" : s).ToArray()
        ?? [.. Enumerable.Range(0, Model.Visible.Units).Select(c => Model.LowestPitch is int low ? $"{low + c}" : $"v{c}")];

    /// <summary>Sequences in the units of the data.</summary>
    /// <param name="request">Which.</param>
    /// <param name="context">Opens data.</param>
    /// <exception cref="BadInputException">There are none, or they are not what the machine takes.</exception>
    public Sequences Open(SequenceRequest request, RunContext context)
    {
        string name = request.Data ?? facts.Data
            ?? throw new BadInputException($"{Path} does not say what it was trained on; expected --data");
        SequenceOptions options = facts.Options with
        {
            Folder = request.Folder,
            Format = request.Format ?? (request.Data is null ? facts.Options.Format : null),
            SequenceColumn = request.SequenceColumn ?? facts.Options.SequenceColumn,
            WarmUp = request.WarmUp ?? facts.Options.WarmUp,
            IsRemembered = request.SequenceColumn is null,
        };
        // Of a file that is named all sequences are asked about, and nothing is held out.
        if (request.Data is not null && request.Split is null && !context.Data.IsSet(name)) options = options with { ValidationShare = 0 };
        SequenceParts parts = context.Data.OpenSequences(name, options);
        Sequences? chosen = request.Split switch
        {
            DataSplit.Train => parts.Training,
            DataSplit.Validation => parts.Validation,
            DataSplit.Test => parts.Test,
            _ => parts.Test ?? parts.Validation ?? parts.Training,
        };
        if (chosen is null) throw new BadInputException($"{name}: has no {(request.Split == DataSplit.Test ? "test" : "validation")} part");
        if (chosen.Columns != Model.Visible.Units) throw new BadInputException($"{name}: found {chosen.Columns} columns, but {Path} takes "
            + $"{Model.Visible.Units}");
        return chosen;
    }

    /// <summary>The mean of the training's steps as the machine saw them; null where the file does not tell.</summary>
    public double[]? TrainingMean => facts.Means is double[] means ? [.. means] : null;

    /// <summary>Sequences as the machine takes them: scaled as in its training, and held against its units.</summary>
    /// <exception cref="BadInputException">A step has values that they do not take.</exception>
    public Sequences Prepared(Sequences data)
    {
        if (learned.ColumnNames is not null && data.Steps.ColumnNames is not null && !learned.ColumnNames.SequenceEqual(
            data.Steps.ColumnNames))
            data = data.With(data.Steps.InColumns(learned.ColumnNames));
        Sequences scaled = Scaling is null ? data : data.With(Scaling.Transform(data.Steps));
        StepValues.Require(scaled, row => Array.Exists(row, x => !double.IsFinite(x)) ? "a value is no finite number"
            : Model.Visible.Complaint(row));
        return scaled;
    }

    /// <summary>Steps taken back to the units of the data, in place.</summary>
    public void ToDataUnits(Matrix steps) => Scaling?.Inverse(steps);

    /// <summary>"dybm, 88 bernoulli, memory of 176".</summary>
    public override string ToString() => $"{Description.Model}, {Model}";
}
