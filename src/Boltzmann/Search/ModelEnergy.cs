using Boltzmann.Models;

namespace Boltzmann.Searching;

/// <summary>
/// The joint energy of a machine of units of two values and one-hot units as an energy of binary variables: those of layer 0 first. A unit
/// of two values is one variable, 0 for its lower value; a one-hot unit of k states is a block of k.
/// </summary>
public sealed class ModelEnergy
{
    readonly EnergyModel model;
    readonly int[] starts;

    ModelEnergy(EnergyModel model, int[] starts, BinaryEnergy energy)
    {
        this.model = model;
        this.starts = starts;
        Energy = energy;
    }

    /// <summary>The machine.</summary>
    internal EnergyModel Model => model;

    /// <summary>The same energy at every state.</summary>
    public BinaryEnergy Energy { get; }

    /// <summary>The first variable of a layer.</summary>
    public int StartOf(int layer) => starts[layer];

    /// <summary>A machine's energy.</summary>
    /// <param name="model">Of Bernoulli, spin, or one-hot units, alone or beside each other, joined by weights between pairs.</param>
    /// <exception cref="BadInputException">Units of another kind, or terms that are not of pairs.</exception>
    public static ModelEnergy Of(EnergyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var builder = new BinaryEnergyBuilder();
        int[] starts = new int[model.Layers.Count];
        var (lows, steps) = (new double[starts.Length][], new double[starts.Length][]);
        for (int l = 0; l < starts.Length; l++)
        {
            Layer layer = model.Layers[l];
            starts[l] = builder.AddVariables(layer.Units);
            (lows[l], steps[l]) = (new double[layer.Units], new double[layer.Units]);
            AddUnits(builder, layer, 0, starts[l], lows[l], steps[l]);
            ReadOnlySpan<double> bias = layer.Bias.ReadRow(0);
            for (int i = 0; i < bias.Length; i++)
            {
                builder.Add(-bias[i] * lows[l][i]);
                builder.Add(starts[l] + i, -bias[i] * steps[l][i]);
            }
        }
        foreach (Interaction interaction in model.Interactions)
        {
            if (interaction is Edges edges)
            {
                ReadOnlySpan<double> weights = edges.Weights.ReadRow(0);
                for (int e = 0; e < weights.Length; e++)
                    Join(edges.Layer, edges.List.Pairs[e].Unit, edges.Layer, edges.List.Pairs[e].Other, weights[e]);
                continue;
            }
            var (lower, upper, matrix) = interaction switch
            {
                Dense dense => (dense.Lower, dense.Upper, dense.Weights),
                Within within => (within.Layer, within.Layer, within.Weights),
                _ => throw new BadInputException($"a search takes weights between pairs of units, not the term {interaction.Name}"),
            };
            for (int i = 0; i < matrix.Rows; i++)
            {
                ReadOnlySpan<double> row = matrix.ReadRow(i);
                for (int j = lower == upper ? i + 1 : 0; j < row.Length; j++) Join(lower, i, upper, j, row[j]);
            }
        }
        return new(model, starts, builder.Build());

        void Join(int a, int i, int b, int j, double weight)
        {
            double w = -weight * model.Coupling;
            builder.Add(w * lows[a][i] * lows[b][j]);
            builder.Add(starts[a] + i, w * steps[a][i] * lows[b][j]);
            builder.Add(starts[b] + j, w * lows[a][i] * steps[b][j]);
            builder.Add(starts[a] + i, starts[b] + j, w * steps[a][i] * steps[b][j]);
        }
    }

    /// <summary>The values of a layer's units in a state.</summary>
    public double[] Values(ReadOnlySpan<byte> state, int layer)
    {
        Layer units = model.Layers[layer];
        double[] values = new double[units.Units], steps = new double[units.Units];
        AddUnits(null, units, 0, 0, values, steps);
        for (int i = 0; i < values.Length; i++)
            if (state[starts[layer] + i] != 0) values[i] += steps[i];
        return values;
    }

    /// <summary>The variables of a row's known columns.</summary>
    /// <param name="row">Values of the columns of the row layers.</param>
    /// <param name="mask">1 for known columns.</param>
    /// <param name="isBetween">Whether a value lies between the two of its unit; the nearer one counts.</param>
    internal Dictionary<int, bool> Known(ReadOnlySpan<double> row, ReadOnlySpan<double> mask, out bool isBetween)
    {
        var known = new Dictionary<int, bool>();
        isBetween = false;
        int column = 0;
        foreach (int l in model.RowLayers)
        {
            Layer layer = model.Layers[l];
            double[] lows = new double[layer.Units], steps = new double[layer.Units];
            AddUnits(null, layer, 0, 0, lows, steps);
            for (int i = 0; i < layer.Units; i++, column++)
            {
                if (mask[column] == 0) continue;
                double share = (row[column] - lows[i]) / steps[i];
                isBetween |= share is not (0 or 1);
                known[starts[l] + i] = share > 0.5;
            }
        }
        return known;
    }

    // The lower value of each unit and how much higher the other one is; blocks of one-hot units.
    static void AddUnits(BinaryEnergyBuilder? builder, Layer layer, int from, int start, Span<double> lows, Span<double> steps)
    {
        switch (layer)
        {
            case MixedLayer mixed:
                foreach (Layer part in mixed.Parts)
                {
                    AddUnits(builder, part, from, start, lows, steps);
                    from += part.Units;
                }
                return;
            case MultinomialLayer { Draws: 1, Categories: > 1 } multinomial:
                steps.Slice(from, layer.Units).Fill(1);
                for (int b = 0; b < multinomial.Blocks; b++)
                    builder?.AddBlock([.. Enumerable.Range(start + from + b * multinomial.Categories, multinomial.Categories)]);
                return;
            case { Pair: (double low, double high) }:
                lows.Slice(from, layer.Units).Fill(low);
                steps.Slice(from, layer.Units).Fill(high - low);
                return;
            default:
                throw new BadInputException($"a search moves units of two values and one-hot units, not {layer}");
        }
    }
}
