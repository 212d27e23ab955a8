namespace Boltzmann.Models;

/// <summary>
/// Some columns of a <see cref="MixedLayer"/> that are units of one kind. Its verbs take the parameters as arguments, because they belong
/// to the whole layer: one row of biases and one of precisions.
/// </summary>
/// <param name="template">A layer of the kind and size. Its parameters are not used.</param>
/// <param name="first">The first of its columns.</param>
abstract class MixedPart(Layer template, int first)
{
    /// <summary>A layer of the kind and size, whose parameters say nothing.</summary>
    public Layer Template => template;

    /// <summary>Its first column.</summary>
    public int First => first;

    /// <summary>Its columns.</summary>
    public int Units => template.Units;

    /// <summary>The column behind its last.</summary>
    public int End => first + template.Units;

    /// <summary>Whether its units have a precision beside the bias.</summary>
    public bool HasPrecision => template is GaussianLayer;

    /// <summary>The part that stands for a layer.</summary>
    /// <exception cref="ArgumentException">Units of that kind cannot stand beside others.</exception>
    public static MixedPart Of(Layer layer, int first) => layer switch
    {
        TwoStateLayer pair => new TwoState(pair, first),
        GaussianLayer reals => new Gaussian(reals, first),
        MultinomialLayer { Draws: 1 } blocks => new OneHot(blocks, first),
        _ => throw new ArgumentException($"{layer} units cannot be a part of mixed units: expected {MixedLayer.PartKinds}"),
    };

    /// <summary>values += scale·log Σ_x exp(−U(x) + I·x).</summary>
    public abstract void AddLogNormalizer(Matrix inputs, Matrix bias, Matrix? precision, Matrix values, double scale, Workspace? workspace);

    /// <summary>destination = E[x | inputs].</summary>
    public abstract void SetMean(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination);

    /// <summary>destination ~ p(x | inputs).</summary>
    public abstract void Sample(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination, Rng rng);

    sealed class TwoState(TwoStateLayer template, int first) : MixedPart(template, first)
    {
        public override void AddLogNormalizer(Matrix inputs, Matrix bias, Matrix? precision, Matrix values, double scale,
            Workspace? workspace) => values.AddTwoStateLogNormalizer(inputs, bias, template.Low, template.High, scale);

        public override void SetMean(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination) =>
            destination.SetTwoStateMean(inputs, bias, template.Low, template.High);

        public override void Sample(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination, Rng rng) =>
            destination.SampleTwoState(inputs, bias, template.Low, template.High, rng);
    }

    sealed class OneHot(MultinomialLayer template, int first) : MixedPart(template, first)
    {
        public override void AddLogNormalizer(Matrix inputs, Matrix bias, Matrix? precision, Matrix values, double scale,
            Workspace? workspace) => values.AddLogSumExp(inputs, bias, template.Categories, scale);

        public override void SetMean(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination) =>
            destination.SetSoftmaxMean(inputs, bias, template.Categories);

        public override void Sample(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination, Rng rng) =>
            destination.SampleSoftmax(inputs, bias, template.Categories, 1, rng);
    }

    sealed class Gaussian(GaussianLayer template, int first) : MixedPart(template, first)
    {
        public override void AddLogNormalizer(Matrix inputs, Matrix bias, Matrix? precision, Matrix values, double scale,
            Workspace? workspace) => GaussianLayer.AddLogNormalizer(inputs, bias, precision!, values, scale, workspace);

        public override void SetMean(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination) =>
            GaussianLayer.SetMean(inputs, bias, precision!, destination);

        public override void Sample(Matrix inputs, Matrix bias, Matrix? precision, Matrix destination, Rng rng) =>
            GaussianLayer.Sample(inputs, bias, precision!, destination, rng);
    }
}
