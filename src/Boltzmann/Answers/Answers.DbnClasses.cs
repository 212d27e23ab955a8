namespace Boltzmann;

/// <content>Classes, by the labels beside the penultimate layer.</content>
public static partial class Answers
{
    /// <param name="dbn">The stack.</param>
    extension(Dbn dbn)
    {
        /// <summary>
        /// log p(y | features) of every class, [N × K], in nats: rows go up by means to the penultimate layer, where the free energies of
        /// the top machine with each label decide (Hinton, Osindero and Teh 2006, section 6).
        /// </summary>
        /// <param name="visible">[N × visible units].</param>
        /// <exception cref="InvalidOperationException">The network has no labels.</exception>
        /// <exception cref="ArgumentException">The rows have another width.</exception>
        public Matrix PredictLogProbabilities(Matrix visible) =>
            dbn.RequireLabels().PredictLogProbabilities(dbn.Transform(visible, dbn.Machines.Count - 1));

        /// <summary>p(y | features) of every class, [N × K].</summary>
        /// <inheritdoc cref="PredictLogProbabilities(Dbn, Matrix)"/>
        public Matrix PredictProbabilities(Matrix visible) =>
            dbn.RequireLabels().PredictProbabilities(dbn.Transform(visible, dbn.Machines.Count - 1));

        /// <summary>The most probable class of each row; the first of several.</summary>
        /// <inheritdoc cref="PredictLogProbabilities(Dbn, Matrix)"/>
        public int[] Predict(Matrix visible) => dbn.PredictLogProbabilities(visible).LargestOfRows();

        ClassificationRbm RequireLabels() =>
            dbn.LabelledTop ?? throw new InvalidOperationException("this deep belief network has no labels");
    }
}
