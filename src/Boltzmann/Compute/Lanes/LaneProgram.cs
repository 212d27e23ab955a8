namespace Boltzmann.Compute;

/// <summary>
/// A quadratic energy E(x) = Σ aᵢxᵢ + Σ bᵢⱼxᵢxⱼ of binary units, laid out for groups of 64 chains: for each unit, in the order of the
/// sweep, its neighbours by the sign of their weights. With whole numbers, aᵢ + Σ bᵢⱼxⱼ = δ·(g + p), where δ is the step of the weights,
/// g a whole number and p 0 or ½.
/// </summary>
sealed class LaneProgram
{
    /// <summary>Chains of a group.</summary>
    public const int Lanes = 64;

    readonly Lazy<FieldRows?> rows;

    internal LaneProgram(LaneForm form, double step, int[] order, LaneLists lists, LaneSegment[] segments, int[] blockEnds)
    {
        Form = form;
        Step = step;
        Order = order;
        Lists = lists;
        Segments = segments;
        BlockEnds = blockEnds;
        rows = new(() => FieldRows.Of(this));
    }

    /// <summary>How chains are kept.</summary>
    public LaneForm Form { get; }

    /// <summary>δ, the step of whole numbers; what floats were divided by.</summary>
    public double Step { get; }

    /// <summary>Carried energies that differ by less are equal: whole numbers differ by half steps, floats round.</summary>
    public double Resolution => Step * (Form == LaneForm.Floats ? 1e-6 : 0.25);

    /// <summary>Number of units.</summary>
    public int Units => Order.Length;

    /// <summary>The unit at each place of the sweep.</summary>
    public int[] Order { get; }

    /// <summary>Each place's bias and neighbours.</summary>
    public LaneLists Lists { get; }

    /// <summary>What is moved by which loop, in order.</summary>
    public LaneSegment[] Segments { get; }

    /// <summary>Clauses; null for none.</summary>
    public LaneClauses? Clauses { get; init; }

    /// <summary>What every state costs, beside the energy's own offset.</summary>
    public double Offset { get; init; }

    /// <summary>
    /// Behind the last place of each block, in order; the first one begins where the segment of blocks does. Exactly one unit of a block
    /// is on.
    /// </summary>
    public int[] BlockEnds { get; }

    /// <summary>The weights as rows, where there are so many that it can pay to keep fields; otherwise null.</summary>
    public FieldRows? Rows => rows.Value;

    /// <summary>The logarithm of the number of states: of each block as many as it has units, of each other unit two.</summary>
    public double LogStates
    {
        get
        {
            int inBlocks = BlockEnds.Length > 0 ? BlockEnds[^1] - BlockStart(0) : 0;
            double log = (Units - inBlocks) * Math.Log(2);
            for (int b = 0; b < BlockEnds.Length; b++) log += Math.Log(BlockEnds[b] - BlockStart(b));
            return log;
        }
    }

    /// <summary>Place of a block's first unit.</summary>
    public int BlockStart(int block) => block > 0 ? BlockEnds[block - 1] : Segments[^1].First;

    /// <summary>Bytes of one state.</summary>
    public int StateSize => Form switch { LaneForm.Bytes => 1, LaneForm.Shorts => 2, _ => 4 };

    /// <summary>Bytes that the states of a group take; where there are clauses, their negations too.</summary>
    public long StateBytes => (long)Units * Lanes * StateSize * (Clauses is null ? 1 : 2);
}
