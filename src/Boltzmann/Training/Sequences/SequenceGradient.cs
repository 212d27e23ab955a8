using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>
/// The gradient of the log-likelihood by every parameter of a machine with memory, uphill: of weights as factors, of the rest as matrices
/// of
/// one row.
/// </summary>
sealed class SequenceGradient
{
    readonly SequenceModel model;
    readonly Matrix?[] dense, sums;
    readonly Matrix[] rows, rowSquares;
    readonly double[][] rowSquaresRead;
    readonly List<Factor>[] factors;
    readonly Identities identities;
    readonly IReadOnlyList<Matrix>[] ofLayers;
    readonly Dictionary<string, int> places = [];

    public SequenceGradient(SequenceModel model)
    {
        this.model = model;
        identities = new(model.Placement);
        dense = [.. model.Parameters.Select(p => p.IsWeight ? null : p.Value.Like(p.Value.Rows, p.Value.Columns))];
        rows = [.. dense.OfType<Matrix>()];
        factors = [.. model.Parameters.Select(_ => new List<Factor>(8))];
        sums = new Matrix?[dense.Length];
        rowSquares = [.. model.Parameters.Select(p => p.Value.Like(p.Value.Rows, 1))];
        rowSquaresRead = [.. rowSquares.Select(s => new double[s.Rows])];
        ofLayers = new IReadOnlyList<Matrix>[model.Machine.Layers.Count];
        for (int l = 0, k = 0; l < ofLayers.Length; k += model.Machine.Layers[l++].Parameters.Count)
            ofLayers[l] = [.. dense.Skip(k).Take(model.Machine.Layers[l].Parameters.Count).Select(m => m!)];
        for (int p = 0; p < model.Parameters.Count; p++) places[model.Parameters[p].Name] = p;
    }

    /// <summary>Back to zero, keeping memory.</summary>
    public void Clear()
    {
        Matrix.Fill(rows, 0);
        foreach (List<Factor> list in factors) list.Clear();
    }

    /// <summary>The matrices of a layer's parameters.</summary>
    public IReadOnlyList<Matrix> OfLayer(int layer) => ofLayers[layer];

    /// <summary>The place of a parameter among those of the model; −1 for one that it has not.</summary>
    public int Place(string name) => places.GetValueOrDefault(name, -1);

    /// <summary>The matrix of a parameter that is no weights.</summary>
    public Matrix Dense(string name) => dense[places[name]]!;

    /// <summary>Adds a term to the gradient of weights; its matrices stay unchanged until the gradient is used.</summary>
    public void Add(string weights, in Factor factor) => factors[places[weights]].Add(factor);

    /// <summary>Adds a gradient of the shape of weights.</summary>
    public void AddWhole(string weights, Matrix value) => Add(weights, new Factor(identities.Of(value.Rows), value, 1));

    /// <summary>Adds a gradient of tall weights that lies in a matrix of the transposed shape.</summary>
    public void AddTransposed(string weights, Matrix value) => Add(weights, new Factor(value, identities.Of(value.Rows), 1));

    /// <summary>The factors of weights, or of a row as one.</summary>
    public ReadOnlySpan<Factor> Factors(int parameter)
    {
        List<Factor> list = factors[parameter];
        if (dense[parameter] is Matrix row && list.Count == 0) list.Add(new Factor(identities.Of(1), row, 1));
        return CollectionsMarshal.AsSpan(list);
    }

    /// <summary>One matrix of the shape of a parameter.</summary>
    public Matrix ToDense(int parameter)
    {
        Parameter p = model.Parameters[parameter];
        Matrix sum = sums[parameter] ??= p.Value.Like(p.Value.Rows, p.Value.Columns);
        sum.Fill(0);
        if (Factors(parameter).Length > 0) sum.SetOuterProducts(Factors(parameter), keep: 1);
        return sum;
    }

    /// <summary>
    /// The Euclidean norm over all parameters that learning moves. Factors of more rows than their weights have are left summed up, which
    /// spares whoever uses the gradient next doing so again.
    /// </summary>
    public double Norm()
    {
        double squares = 0;
        for (int p = 0; p < dense.Length; p++)
        {
            if (model.Parameters[p].IsFixed) continue;
            Matrix whole = ToDense(p), own = rowSquares[p];
            own.Fill(0);
            own.AddRowSums(whole, whole);
            own.ReadColumn(0, rowSquaresRead[p]);
            foreach (double row in rowSquaresRead[p]) squares += row;
            if (dense[p] is null && Depth(factors[p]) > whole.Rows)
            {
                factors[p].Clear();
                factors[p].Add(new Factor(identities.Of(whole.Rows), whole, 1));
            }
        }
        return Math.Sqrt(squares);
    }

    static int Depth(List<Factor> factors)
    {
        int rows = 0;
        foreach (Factor factor in factors) rows += factor.Left.Rows;
        return rows;
    }

    /// <summary>Multiplies all of it by a number.</summary>
    public void Scale(double factor)
    {
        for (int p = 0; p < dense.Length; p++)
            if (dense[p] is Matrix row)
            {
                factors[p].Clear();
                row.SetSum(row, factor);
            }
            else
                foreach (ref Factor f in CollectionsMarshal.AsSpan(factors[p])) f = f with { Scale = factor * f.Scale };
    }
}
