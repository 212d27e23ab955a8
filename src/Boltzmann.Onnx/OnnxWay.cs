namespace Boltzmann.Onnx;

/// <summary>What rows go through on their way up a model, as operators.</summary>
static class OnnxWay
{
    /// <summary>What the training did to its rows: scaling, in double precision, bits, grey values of spins.</summary>
    public static string Prepared(OnnxGraph graph, Preprocessing preprocessing, string rows)
    {
        if (preprocessing.Scaling is Scaling scaling)
        {
            var (shift, scale) = Constants(scaling);
            string wide = graph.Add("Cast", [rows], ("to", (long)OnnxElement.Double));
            wide = graph.Add("Sub", [wide, graph.ConstantDoubles("scaling.shift", shift, shift.Length)]);
            wide = graph.Add("Div", [wide, graph.ConstantDoubles("scaling.scale", scale, scale.Length)]);
            rows = graph.Add("Cast", [wide], ("to", (long)OnnxElement.Single));
            // Binary units allow no more than 0..1.
            if (scaling is MinMaxScaler && preprocessing.IsBinary)
                rows = graph.Add("Clip", [rows, graph.Constant("range.least", [0]), graph.Constant("range.greatest", [1])]);
        }
        if (preprocessing.CutsToBits)
        {
            string above = graph.Add("Greater", [rows, graph.Constant("bits.level", [0.5])]);
            rows = graph.Add("Cast", [above], ("to", (long)OnnxElement.Single));
        }
        return preprocessing.IsBinarized && preprocessing.SpinColumns.Contains(true) ? Spins(graph, preprocessing.SpinColumns, rows) : rows;
    }

    /// <summary>xW, or 2xW and the like.</summary>
    public static string Inputs(OnnxGraph graph, string name, string below, Matrix weights, double factor = 1)
    {
        double[] values = [.. weights.ToArray().Cast<double>().Select(weight => factor * weight)];
        return graph.Add("MatMul", [below, graph.Constant($"{name}.weights", values, weights.Rows, weights.Columns)]);
    }

    /// <summary>The means of units given their inputs, E[x | I].</summary>
    /// <exception cref="BadInputException">There are no operators for units of this kind.</exception>
    public static string Means(OnnxGraph graph, string name, Layer layer, string inputs, string file)
    {
        string biased = graph.Add("Add", [inputs, Row(graph, $"{name}.bias", layer.Bias)]);
        switch (layer)
        {
            case BernoulliLayer: return graph.Add("Sigmoid", [biased]);
            case SpinLayer: return graph.Add("Tanh", [biased]);
            case GaussianLayer gaussian: return graph.Add("Div", [biased, Row(graph, $"{name}.precision", gaussian.Precision)]);
            case MultinomialLayer multinomial:
                string blocks = graph.Add("Reshape", [biased,
                    graph.ConstantWhole($"{name}.blocks", -1, multinomial.Blocks, multinomial.Categories)]);
                string means = graph.Add("Softmax", [blocks], ("axis", -1));
                if (multinomial.Draws > 1)
                    means = graph.Add("Mul", [means, graph.Constant($"{name}.draws", [multinomial.Draws])]);
                return graph.Add("Reshape", [means, graph.ConstantWhole($"{name}.row", -1, multinomial.Units)]);
            default:
                throw new BadInputException($"{file}: the means of {layer.Kind} units cannot be written in operators of ONNX: expected "
                    + $"hidden units of kind {BernoulliLayer.Name}, {SpinLayer.Name}, {GaussianLayer.Name} or {MultinomialLayer.Name}");
        }
    }

    /// <summary>What a layer of a network makes of those below it; its normalisation goes into weights and bias.</summary>
    public static string Activities(OnnxGraph graph, string name, NetworkLayer layer, string below)
    {
        double[] bias = layer.Bias.ReadRow(0);
        Matrix weights = layer.Weights;
        if (layer.Normalization is BatchNormalization norm)
        {
            double[,] folded = weights.ToArray();
            double[] scale = norm.Scale.ReadRow(0), mean = norm.Mean.ReadRow(0), variance = norm.Variance.ReadRow(0);
            for (int u = 0; u < layer.Units; u++)
            {
                double factor = scale[u] / Math.Sqrt(variance[u]);
                bias[u] -= mean[u] * factor;
                for (int v = 0; v < weights.Rows; v++) folded[v, u] *= factor;
            }
            weights = Matrix.From(folded, weights.Placement.Double);
        }
        string inputs = graph.Add("Add", [Inputs(graph, name, below, weights), graph.Constant($"{name}.bias", bias, bias.Length)]);
        return layer.Activation switch
        {
            Activation.Sigmoid => graph.Add("Sigmoid", [inputs]),
            Activation.Tanh => graph.Add("Tanh", [inputs]),
            Activation.Relu => graph.Add("Relu", [inputs]),
            _ => inputs,
        };
    }

    /// <summary>The values of a row.</summary>
    public static string Row(OnnxGraph graph, string name, Matrix row) => graph.Constant(name, row.ReadRow(0), row.Columns);

    // -1 stays, and a grey value p is 2p - 1.
    static string Spins(OnnxGraph graph, IReadOnlyList<bool> isSpin, string rows)
    {
        string low = graph.Constant("spins.low", [-1]), two = graph.Constant("spins.two", [2]);
        string means = graph.Add("Add", [graph.Add("Mul", [rows, two]), low]);
        means = graph.Add("Where", [graph.Add("Equal", [rows, low]), rows, means]);
        return isSpin.Contains(false) ? graph.Add("Where", [graph.ConstantTruths("spins.columns", isSpin), means, rows]) : means;
    }

    static (double[] Shift, double[] Scale) Constants(Scaling scaling) => scaling switch
    {
        MinMaxScaler range => (range.Minimum, range.Range),
        Standardizer standard => (standard.Means, standard.StandardDeviations),
        _ => throw new BadInputException($"a scaling of kind {scaling.GetType().Name} has no operators of ONNX: expected min-max or "
            + "standardize"),
    };
}
