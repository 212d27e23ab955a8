namespace Boltzmann.Runs;

/// <summary>
/// Fantasy particles over the epochs of a training, particles.png: a frame before the first epoch and one after each. Chains of every frame
/// start at the same rows with the same random numbers, so that frames differ by what was learned alone, and a resumed run shows what an
/// uninterrupted one does. Nothing of it reaches the training.
/// </summary>
sealed class EpochFilm
{
    /// <summary>The name under which a checkpoint holds the number of frames.</summary>
    public const string CountKey = "animation-frames";

    const uint Stream = 0x66696c6d;
    /// <summary>Gibbs sweeps before a frame.</summary>
    public const int Sweeps = 50;

    const int Particles = 50, Columns = 10, MostMs = 400, LeastMs = 40, WholeMs = 10_000, LastFrameMs = 2000;

    readonly TrainingTask task;
    readonly ImageShape shape;
    AnimationFrames frames = new();
    int resumed;

    /// <summary>A film without frames.</summary>
    /// <exception cref="BadInputException">The rows are no pictures.</exception>
    public EpochFilm(TrainingTask task)
    {
        this.task = task;
        shape = task.Training.Image ?? throw new BadInputException("--animation needs rows that are pictures; nothing says how the "
            + $"{task.Training.Columns} columns of {task.Training.Name} are one");
    }

    /// <summary>Number of frames.</summary>
    public int Count => frames.Count;

    /// <summary>Goes on after so many frames, which the folder of the run holds.</summary>
    /// <exception cref="BadInputException">The number is none of frames.</exception>
    public void Resume(double count) => resumed = count is >= 1 and <= int.MaxValue && count == Math.Floor(count) ? (int)count
        : throw new BadInputException($"the checkpoint's '{CountKey}' is {count}; expected a whole number of at least 1");

    /// <summary>Takes what the folder has, or the first frame.</summary>
    /// <exception cref="BadInputException">The file in the folder is damaged or has too few frames.</exception>
    public void Open(RunFolder folder, RunContext context)
    {
        if (resumed > 0 && !File.Exists(folder.ParticlesPath))
            context.Warn($"{folder.ParticlesPath} is gone; the animation begins again with this epoch");
        else if (resumed > 0)
        {
            frames = AnimationFrames.Read(folder.ParticlesPath, resumed);
            // Before the first epoch, not after it.
            if (!frames.Fits(Draw(task.Machine))) throw new BadInputException($"{folder.ParticlesPath}: has frames of another size than "
                + "those of this run; remove it to begin the animation again");
        }
        if (Count == 0) Add(task.Machine);
    }

    /// <summary>Adds the particles of the model as it is now.</summary>
    /// <param name="machine">The machine that learns, counted from 1.</param>
    public void Add(int machine) => frames.Add(Draw(machine));

    PixelImage Draw(int machine)
    {
        GenerativeModel model = task.ShownDuring(machine);
        Dataset start = task.Training.WithoutGaps();
        Matrix rows = start.ToMatrix(0, Math.Min(Particles, start.Count), model.Placement);
        var chains = new Chains(model, rows.Rows, 1, null, new Rng(task.Seed, Stream));
        chains.StartAt(rows);
        for (int sweep = 0; sweep < Sweeps; sweep++) chains.Sweep();
        return ImageSheet.Grey(chains.Show(Descent.VisibleMeans), shape, TileRange.Of(model.RowLayers),
            new SheetLayout { Columns = Columns });
    }

    /// <summary>The file: ten seconds of many epochs, less of few.</summary>
    public byte[] Encode() => frames.Encode(Math.Clamp(WholeMs / Count, LeastMs, MostMs), LastFrameMs);

    /// <summary>Writes particles.png, whole or not at all.</summary>
    public void Save(RunFolder folder) => AtomicFile.WriteBytes(folder.ParticlesPath, Encode());
}
