namespace Boltzmann.Inference;

/// <summary>
/// Rows with the means that a deep Boltzmann machine's second hidden layer has given them, by mean-field inference, beside them: a network
/// whose first layer takes both hears, as the machine's first hidden layer does, from below and from above (Salakhutdinov and Hinton 2009,
/// section 3.3).
/// </summary>
sealed class MeanFieldInput
{
    const string FileName = "input.safetensors";
    const int RowsAtOnce = 1024, Above = 2;

    readonly Dbm machine;

    public MeanFieldInput(Dbm machine, string path)
    {
        if (machine.Top < Above) throw new BadInputException($"{path}: has one hidden layer, with none above it; "
            + "--mean-field-input needs two or more");
        this.machine = machine;
    }

    /// <summary>Columns of the rows themselves.</summary>
    public int Columns => machine.Visible.Units;

    /// <summary>
    /// The machine that a network takes its further inputs from: that of its own file, or the one that 0.1.0 kept in a file beside it.
    /// </summary>
    /// <exception cref="BadInputException">It is in neither.</exception>
    public static MeanFieldInput Of(Network network, string file)
    {
        if (network.InputMachine is Dbm own) return new(own, file);
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, FileName);
        return File.Exists(path) ? new(ModelFile.LoadDbm(path, network.Placement), path)
            : throw new BadInputException($"{file}: takes rows with means of a dbm beside them, which {path} should hold but there is no "
            + "such file");
    }

    /// <summary>A copy elsewhere.</summary>
    public MeanFieldInput Clone(Placement placement) => new(machine.Clone(placement), FileName);

    /// <summary>The network with the machine in its file.</summary>
    public Network Keep(Network network) => new(network.Layers, network.Head) { InputMachine = machine };

    /// <summary>[B × visible units] becomes [B × (visible units + units of the second hidden layer)].</summary>
    public Matrix Extend(Matrix rows)
    {
        var extended = new Matrix(rows.Rows, Columns + machine.Layers[Above].Units, rows.Placement);
        for (int first = 0; first < rows.Rows; first += RowsAtOnce)
        {
            Matrix part = rows.RowRange(first, Math.Min(RowsAtOnce, rows.Rows - first)), means = machine.Transform(part, Above);
            for (int r = 0; r < part.Rows; r++) extended.WriteRow(first + r, [.. part.ReadRow(r), .. means.ReadRow(r)]);
        }
        return extended;
    }

    /// <summary>The same for all rows of a set, made once.</summary>
    public Dataset Extend(Dataset data)
    {
        var parts = new List<Matrix>();
        for (int first = 0; first < data.Count; first += RowsAtOnce)
            parts.Add(Extend(data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), machine.Placement)));
        return new(data.Name, new MatrixRows(parts, Columns + machine.Layers[Above].Units))
        {
            Labels = data.Labels,
            LabelNames = data.LabelNames,
            RowWeights = data.RowWeights
        };
    }

    /// <summary>
    /// A network from the machine's layers whose first one takes the means beside rows by the weights that join the two hidden layers.
    /// </summary>
    /// <param name="network">From the way up; its other layers are taken over.</param>
    public Network Widen(Network network)
    {
        NetworkLayer first = network.Layers[0];
        double[,] below = first.Weights.ToArray(), above = machine.Weights(Above - 1).ToArray(),
            all = new double[Columns + above.GetLength(1), first.Units];
        for (int u = 0; u < first.Units; u++)
        {
            for (int i = 0; i < Columns; i++) all[i, u] = below[i, u];
            for (int i = Columns; i < all.GetLength(0); i++) all[i, u] = above[u, i - Columns];
        }
        var wide = new NetworkLayer(all.GetLength(0), first.Units, first.Activation, first.Normalization is not null,
            first.Weights.Placement);
        wide.Weights.SetCopy(Matrix.From(all, first.Weights.Placement));
        wide.Bias.SetCopy(first.Bias);
        return Keep(new([wide, .. network.Layers.Skip(1)], network.Head));
    }
}
