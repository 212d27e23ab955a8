namespace Boltzmann;

/// <content>Drawing from the model: Gibbs sampling of the top pair, then down.</content>
public static partial class Answers
{
    /// <param name="dbn">The stack.</param>
    extension(Dbn dbn)
    {
        /// <summary>Draws from the model, each by a chain of its own that begins at noise, [count × visible units].</summary>
        /// <param name="count">Number of draws.</param>
        /// <param name="sweeps">Gibbs sweeps of the top pair; 0 or more.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="descent">What is drawn on the way down.</param>
        public Matrix Sample(int count, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
        {
            State chains = dbn.Chains(count, rng);
            Gibbs.Sweep(dbn.TopModel, chains, sweeps, rng);
            return dbn.Show(chains, rng, descent);
        }

        /// <summary>
        /// Draws from the model by chains that begin at rows of data, passed up stochastically to the top pair, [B × visible units].
        /// </summary>
        /// <param name="visible">[B × visible units], a chain each.</param>
        /// <param name="sweeps">Gibbs sweeps of the top pair; 0 or more.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="descent">What is drawn on the way down.</param>
        /// <exception cref="ArgumentException">The rows have another width.</exception>
        public Matrix SampleFrom(Matrix visible, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
        {
            State chains = dbn.ChainsFrom(visible, rng);
            Gibbs.Sweep(dbn.TopModel, chains, sweeps, rng);
            return dbn.Show(chains, rng, descent);
        }

        /// <summary>
        /// Chains of the top machine at noise: its visible units drawn by their biases alone, its hidden ones given them. Move them by
        /// <see cref="Gibbs"/>.
        /// </summary>
        public State Chains(int count, Rng rng)
        {
            var chains = new State(dbn.TopModel, count);
            chains.Inputs(0).Fill(0);
            dbn.Top.Visible.Sample(chains.Inputs(0), chains[0], rng);
            if (dbn.LabelledTop is not null)
            {
                chains.Inputs(2).Fill(0);
                dbn.LabelledTop.Labels.Sample(chains.Inputs(2), chains[2], rng);
            }
            dbn.SampleTop(chains, rng);
            return chains;
        }

        /// <summary>Chains of the top machine at rows of data that are passed up stochastically, a chain each.</summary>
        /// <exception cref="ArgumentException">The rows have another width.</exception>
        public State ChainsFrom(Matrix visible, Rng rng)
        {
            var chains = new State(dbn.TopModel, visible.Rows);
            chains[0].SetCopy(dbn.SampleTransform(visible, dbn.Machines.Count - 1, rng));
            dbn.LabelledTop?.SampleLabels(chains[0], chains[2], rng);
            dbn.SampleTop(chains, rng);
            return chains;
        }

        /// <summary>
        /// Chains of the top machine at noise, their labels clamped to a class: sweeps draw what goes with it (Hinton, Osindero and Teh
        /// 2006, section 6).
        /// </summary>
        /// <param name="label">The class, from 0.</param>
        /// <param name="count">Number of chains.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <exception cref="InvalidOperationException">The network has no labels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public State ChainsOf(int label, int count, Rng rng)
        {
            ClassificationRbm top = dbn.RequireLabels();
            if ((uint)label >= (uint)top.Classes)
                throw new ArgumentOutOfRangeException(nameof(label), $"label {label} is not one of {top.Classes} classes");
            State chains = dbn.Chains(count, rng);
            var labels = new int[count];
            Array.Fill(labels, label);
            chains[2].SetOneHot(labels);
            chains.ClampLayer(2);
            dbn.SampleTop(chains, rng);
            return chains;
        }

        /// <summary>Draws rows of a class, each by a chain of its own that begins at noise, [count × visible units].</summary>
        /// <param name="label">The class, from 0.</param>
        /// <param name="count">Number of draws.</param>
        /// <param name="sweeps">Gibbs sweeps of the top machine with the label clamped; 0 or more.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="descent">What is drawn on the way down.</param>
        /// <inheritdoc cref="ChainsOf"/>
        public Matrix SampleClass(int label, int count, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
        {
            State chains = dbn.ChainsOf(label, count, rng);
            Gibbs.Sweep(dbn.TopModel, chains, sweeps, rng);
            return dbn.Show(chains, rng, descent);
        }

        /// <summary>
        /// The visible layer below chains of the top machine, [chains × visible units]. States of the chains go down as they are; by means,
        /// the layer below the top begins with its means given the top one.
        /// </summary>
        /// <param name="chains">States of <see cref="Dbn.Top"/>; they are not changed.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="descent">What is drawn on the way down.</param>
        public Matrix Show(State chains, Rng rng, Descent descent = Descent.VisibleMeans) =>
            descent == Descent.Means || (descent == Descent.VisibleMeans && dbn.Machines.Count == 1)
            ? dbn.Generate(chains[1], dbn.Layers.Count - 1)
            : dbn.SampleGenerate(chains[0], dbn.Machines.Count - 1, rng, descent);

        void SampleTop(State chains, Rng rng)
        {
            dbn.TopModel.SetInputs(chains, 1, chains.Inputs(1));
            dbn.Top.Hidden.Sample(chains.Inputs(1), chains[1], rng);
        }
    }
}
