namespace Boltzmann.Networks;

/// <summary>
/// How a network's last inputs z (bias included) become outputs, and what a wrong one costs. Softmax, logistic and linear heads have the
/// loss whose gradient by z is outputs − targets, so that no precision is lost on the way; another kind is one more class.
/// </summary>
public abstract class Head
{
    /// <summary>The name in files: "softmax", "logistic", "linear"; "bernoulli" or "gaussian" of an auto-encoder.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether outputs are probabilities of classes, so that accuracy is defined.</summary>
    public abstract bool IsClassifier { get; }

    /// <summary>Whether outputs are the inputs again: the head of an auto-encoder.</summary>
    public virtual bool Rebuilds => false;

    /// <summary>outputs = what the network says, [B × outputs].</summary>
    /// <param name="inputs">z without the bias, [B × outputs].</param>
    /// <param name="bias">[1 × outputs].</param>
    /// <param name="outputs">May not be the inputs.</param>
    public abstract void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs);

    /// <summary>losses[B × 1] += the loss of each row, in nats (half squared error for the linear head).</summary>
    /// <param name="inputs">z without the bias.</param>
    /// <param name="bias">[1 × outputs].</param>
    /// <param name="outputs">Of <see cref="SetOutputs"/>.</param>
    /// <param name="targets">[B × outputs].</param>
    /// <param name="scratch">[B × outputs], to be overwritten.</param>
    /// <param name="losses">[B × 1].</param>
    public abstract void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses);

    /// <summary>errors = the gradient of each row's loss by z, [B × outputs]: outputs − targets.</summary>
    public virtual void SetErrors(Matrix outputs, Matrix targets, Matrix errors) => errors.SetSum(outputs, 1, targets, -1);

    /// <summary>The names of the library's heads.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["softmax", "logistic", "linear", "bernoulli", "gaussian"];

    /// <summary>The head of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Head Parse(string kind) => kind switch
    {
        "softmax" => new SoftmaxHead(),
        "logistic" => new LogisticHead(),
        "linear" => new LinearHead(),
        "bernoulli" => ReconstructionHead.Bernoulli,
        "gaussian" => ReconstructionHead.Gaussian,
        _ => throw new BadInputException($"there is no head '{kind}'; known are {string.Join(", ", Kinds)}"),
    };
}
