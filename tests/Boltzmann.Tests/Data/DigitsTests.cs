namespace Boltzmann.Tests.Data;

public class DigitsTests
{
    static byte[][] Pictures(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(r => ((ByteRows)data.Rows)[r].ToArray())];

    [Fact]
    public void A_digit_depends_on_seed_stream_and_number_alone()
    {
        Dataset few = Digits.Generate(25, seed: 5), many = Digits.Generate(103, seed: 5);
        Assert.Equal(Pictures(few), Pictures(many).Take(25));
        Assert.Equal(few.Labels!, many.Labels!.Take(25));
        foreach (Dataset other in new[] { Digits.Generate(25, seed: 6), Digits.Generate(25, seed: 5, stream: 1) })
            Assert.DoesNotContain(Pictures(other), picture => Pictures(few).Any(one => one.SequenceEqual(picture)));
    }

    [Fact]
    public void Labels_are_balanced_and_in_random_order()
    {
        Dataset data = Digits.Generate(1000);
        Assert.All(data.Labels!.Chunk(10), ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order()));
        Assert.True(data.Labels!.Chunk(10).Select(ten => string.Concat(ten)).Distinct().Count() > 90);
        Assert.Equal((10, new ImageShape(28, 28)), (data.Classes, data.Image));
        Assert.Equal(0, Digits.Generate(0).Count);
    }

    [Fact]
    public void Ink_covers_about_as_much_as_in_MNIST()
    {
        // MNIST has 19.1 % of pixels above 0 and a mean of 0.1307; thickness varies widely from digit to digit.
        byte[][] pictures = Pictures(Digits.Generate(600));
        Assert.InRange(pictures.Average(picture => picture.Count(x => x > 0) / 784.0), 0.17, 0.22);
        Assert.InRange(pictures.Average(picture => picture.Average(x => x / 255.0)), 0.11, 0.14);
        Assert.All(pictures, picture => Assert.InRange(picture.Count(x => x > 0), 25, 450));
    }

    [Fact]
    public void The_centre_of_mass_is_in_the_middle_and_the_rim_is_paper()
    {
        foreach (byte[] picture in Pictures(Digits.Generate(200)))
        {
            double mass = picture.Sum(x => (double)x);
            double middleX = Enumerable.Range(0, 784).Sum(i => picture[i] * (double)(i % 28)) / mass,
                middleY = Enumerable.Range(0, 784).Sum(i => picture[i] * (double)(i / 28)) / mass;
            Assert.InRange(middleX, 11, 16);
            Assert.InRange(middleY, 11, 16);
            Assert.All(Enumerable.Range(0, 28), i => Assert.Equal(0, picture[i]));
            Assert.All(Enumerable.Range(0, 28), i => Assert.Equal(0, picture[28 * i]));
        }
    }

    [Fact]
    public void No_digit_repeats_and_nearby_ones_tell_the_label_where_class_means_do_not()
    {
        Dataset train = Digits.Generate(2000), test = Digits.Generate(200, stream: 1);
        byte[][] known = Pictures(train), asked = Pictures(test);
        Assert.Equal(2000, known.Select(Convert.ToBase64String).Distinct().Count());
        double[][] means = [.. Enumerable.Range(0,
            10).Select(k => train.Select([.. Enumerable.Range(0, 2000).Where(r => train.Labels![r] == k)]).Means())];
        int byMean = 0, byNeighbour = 0;
        for (int i = 0; i < asked.Length; i++)
        {
            byte[] x = asked[i];
            if (Enumerable.Range(0, 10).MinBy(k => Enumerable.Range(0,
                784).Sum(p => Square(x[p] / 255.0 - means[k][p]))) == test.Labels![i]) byMean++;
            int nearest = 0;
            long least = long.MaxValue;
            for (int r = 0; r < known.Length; r++)
            {
                long distance = 0;
                byte[] y = known[r];
                for (int p = 0; p < 784; p++) distance += (x[p] - y[p]) * (x[p] - y[p]);
                if (distance < least) (nearest, least) = (r, distance);
            }
            if (train.Labels![nearest] == test.Labels[i]) byNeighbour++;
        }
        // Something to learn, and something left to learn: MNIST gives 82 % by class means and 92 % by one of 2000 neighbours.
        Assert.InRange(byMean / 200.0, 0.6, 0.93);
        Assert.InRange(byNeighbour / 200.0, 0.85, 1);
    }

    static double Square(double x) => x * x;
}
