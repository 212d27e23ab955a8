namespace Boltzmann.Compute;

/// <summary>
/// The weights between all units as rows, in the order of the sweep: what the fields of all units change by when one of them flips.
/// </summary>
sealed unsafe class FieldRows
{
    /// <summary>Units whose noise is made at once, and whose states are the bits of one word.</summary>
    public const int Block = 32;

    /// <summary>
    /// Sums made anew that cost less, in nanoseconds, are not worth the memory that fields take: in a search, where states and fields of
    /// all temperatures share a cache, energies of 500 to 2500 variables of which a tenth are joined were slower with fields.
    /// </summary>
    const double LeastSum = 8;

    /// <summary>Beyond so many units for each neighbour, a row is far longer than a list of neighbours.</summary>
    const int MostUnitsPerNeighbor = 10;

    const long MostBytes = 1L << 30;

    /// <summary>Entries that the longest vectors reach.</summary>
    const int Line = 64;

    /// <summary>
    /// What a flip costs beside a draw, in nanoseconds: in any case, and for each 16 bits of a field; and what a field costs that is made
    /// anew, by the 16 bits of a row. Measured, as are the costs of sums, on one processor: a choice between two ways to the same states
    /// need not be exact.
    /// </summary>
    const double FlipCost = 50, EntryCost = 0.045, NewFieldCost = 2, NewEntryCost = 0.005;

    readonly HostStorage storage;
    readonly double flip, anew, sum;

    FieldRows(LaneProgram program, int entrySize)
    {
        int n = program.Units;
        Stride = Padded(n);
        EntrySize = entrySize;
        FieldSize = entrySize == sizeof(float) ? sizeof(float) : sizeof(short);
        storage = ChainLanes.Allocated((long)n * Stride * entrySize);
        LaneLists lists = program.Lists;
        for (int p = 0; p < n; p++)
            for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++) Add(p, lists.Neighbors[k] / LaneProgram.Lanes, lists.Weight(k));
        double length = (double)n * FieldSize / sizeof(short);
        (flip, anew) = (FlipCost + EntryCost * length, NewFieldCost + NewEntryCost * length);
        sum = SumCost(program.Form, (double)lists.Neighbors.Length / n);
    }

    /// <summary>Entries of a row, whole lines of vectors; those behind the last unit are 0.</summary>
    public int Stride { get; }

    /// <summary>Bytes of an entry: 1 or 2 of whole steps, 4 of floats.</summary>
    public int EntrySize { get; }

    /// <summary>Bytes of a field: 2 of whole steps, 4 of floats.</summary>
    public int FieldSize { get; }

    /// <summary>Row p begins p times the bytes of a row behind this.</summary>
    public byte* Address => (byte*)storage.Address;

    /// <summary>The rows of an energy that has many neighbours a unit; null for others, and where there are blocks or clauses.</summary>
    public static FieldRows? Of(LaneProgram program)
    {
        long n = program.Units, neighbors = program.Lists.Neighbors.Length;
        return n * n > MostUnitsPerNeighbor * neighbors || SumCost(program.Form, (double)neighbors / n) < LeastSum ? null : OfAny(program);
    }

    /// <summary><see cref="Of"/>, however few neighbours there are.</summary>
    public static FieldRows? OfAny(LaneProgram program)
    {
        if (program.Clauses is not null || program.BlockEnds.Length > 0) return null;
        // Those of sums in a byte are drawn by table, faster than any of this.
        if (program.Form == LaneForm.Bytes && program.Segments.Any(segment => !segment.IsWide)) return null;
        int size = program.Form == LaneForm.Floats ? sizeof(float) : FitBytes(program) ? sizeof(sbyte) : sizeof(short);
        return (long)program.Units * Padded(program.Units) * size > MostBytes ? null : new(program, size);
    }

    /// <summary>Whether to keep fields costs less than sums made anew.</summary>
    /// <param name="flips">Share of the draws that flip a unit.</param>
    /// <param name="stale">Share of the chains whose fields are not current.</param>
    /// <param name="sweeps">For which what is made anew will serve.</param>
    public bool AreWorth(double flips, double stale, int sweeps) => flips * flip + stale * anew / sweeps < sum;

    static double SumCost(LaneForm form, double neighbors) => form switch
    {
        LaneForm.Bytes => 8 + 0.0135 * neighbors,
        LaneForm.Shorts => 0.5 + 0.0225 * neighbors,
        _ => 0.065 * neighbors,
    };

    static int Padded(int units) => (units + Line - 1) / Line * Line;

    // Repeated neighbours add up.
    static bool FitBytes(LaneProgram program)
    {
        LaneLists lists = program.Lists;
        int[] sums = new int[program.Units];
        for (int p = 0; p < program.Units; p++)
        {
            for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++)
                if (Math.Abs(sums[lists.Neighbors[k] / LaneProgram.Lanes] += lists.WholeWeights[k]) > sbyte.MaxValue) return false;
            for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++) sums[lists.Neighbors[k] / LaneProgram.Lanes] = 0;
        }
        return true;
    }

    void Add(int row, int column, double weight)
    {
        nint at = (nint)row * Stride + column;
        if (EntrySize == sizeof(sbyte)) ((sbyte*)Address)[at] += (sbyte)weight;
        else if (EntrySize == sizeof(short)) ((short*)Address)[at] += (short)weight;
        else ((float*)Address)[at] += (float)weight;
    }
}
