namespace Boltzmann;

/// <content>What rows say about their classes and features.</content>
public static partial class Answers
{
    /// <param name="rbm">The machine.</param>
    extension(ClassificationRbm rbm)
    {
        /// <summary>
        /// log p(y|x) of every class, [N × K], in nats: d_y + log-normaliser of the hidden units given Wᵀx + U_·y, less the same summed
        /// over the classes (Larochelle and Bengio 2008, eq. 2). xW is formed once for all classes.
        /// </summary>
        /// <param name="visible">[N × visible units].</param>
        /// <exception cref="ArgumentException">The rows have another width.</exception>
        public Matrix PredictLogProbabilities(Matrix visible) => rbm.PerClass(visible, (logWeights, destination) =>
        {
            var normalizers = new Matrix(logWeights.Rows, 1, rbm.Placement);
            rbm.Labels.AddLogNormalizer(logWeights, normalizers);
            destination.SetSum(logWeights, 1, rbm.Labels.Bias);
            destination.SetSum(destination, 1, normalizers, -1);
        });

        /// <summary>p(y|x) of every class, [N × K].</summary>
        /// <inheritdoc cref="PredictLogProbabilities(ClassificationRbm, Matrix)"/>
        public Matrix PredictProbabilities(Matrix visible) =>
            rbm.PerClass(visible, (logWeights, destination) => rbm.Labels.SetMean(logWeights, destination));

        /// <summary>The most probable class of each row; the first of several.</summary>
        /// <inheritdoc cref="PredictLogProbabilities(ClassificationRbm, Matrix)"/>
        public int[] Predict(Matrix visible) => rbm.PredictLogProbabilities(visible).LargestOfRows();

        /// <summary>labels ~ p(y|x), one-hot.</summary>
        /// <param name="visible">[N × visible units].</param>
        /// <param name="labels">[N × K].</param>
        /// <param name="rng">Source of randomness.</param>
        public void SampleLabels(Matrix visible, Matrix labels, Rng rng) =>
            rbm.Labels.Sample(rbm.PerClass(visible, (logWeights, destination) => destination.SetCopy(logWeights)), labels, rng);

        /// <summary>E[h|x, y]: the features of rows whose classes are known, [N × hidden units].</summary>
        /// <param name="visible">[N × visible units].</param>
        /// <param name="labels">The class of each row, from 0.</param>
        public Matrix Transform(Matrix visible, ReadOnlySpan<int> labels)
        {
            const int Hidden = ClassificationRbm.HiddenIndex;
            State state = rbm.StateOf(visible, labels);
            rbm.SetInputs(state, Hidden, state.Inputs(Hidden));
            rbm.Hidden.SetMean(state.Inputs(Hidden), state[Hidden]);
            return state[Hidden];
        }

        /// <summary>E[h|x] = Σ_y p(y|x)·E[h|x, y]: the features of rows whose classes are not known, [N × hidden units].</summary>
        /// <param name="visible">[N × visible units].</param>
        public Matrix Transform(Matrix visible)
        {
            Matrix features = visible.Like(visible.Rows, rbm.Hidden.Units);
            ClassScan.ForChunks(rbm, visible, (first, rows, scan) =>
            {
                Matrix part = features.RowRange(first, rows.Rows), probabilities = rows.Like(rows.Rows, rbm.Classes),
                    ofClass = rows.Like(rows.Rows, 1), means = part.Like(part.Rows, part.Columns);
                rbm.Labels.SetMean(scan.LogWeights(), probabilities);
                for (int y = 0; y < rbm.Classes; y++)
                {
                    ofClass.SetProduct(probabilities, scan.OneHot(y), transposeRight: true);
                    rbm.Hidden.SetMean(scan.Inputs(y), means);
                    means.SetScaled(means, ofClass);
                    part.SetSum(part, 1, means);
                }
            });
            return features;
        }

        Matrix PerClass(Matrix visible, Action<Matrix, Matrix> set)
        {
            var result = new Matrix(visible.Rows, rbm.Classes, rbm.Placement);
            ClassScan.ForChunks(rbm, visible, (first, rows, scan) => set(scan.LogWeights(), result.RowRange(first, rows.Rows)));
            return result;
        }
    }
}
