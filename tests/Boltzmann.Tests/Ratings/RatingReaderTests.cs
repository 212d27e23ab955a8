using Boltzmann.Ratings;

namespace Boltzmann.Tests.Ratings;

public sealed class RatingReaderTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("userId,movieId,rating,timestamp\n7,10,4.5,1\n3,9,1,2\n")]
    [InlineData("rating;item;user\n4.5;10;7\n1;9;3\n")]
    [InlineData("7::10::4.5::1\n3::9::1::2\n")]
    [InlineData("7\t10\t4.5\n\n3\t9\t1\n")]
    public void Columns_are_found_by_name_or_place(string text)
    {
        RatingList list = Read(text);
        Assert.Equal(["3", "7"], list.UserNames);
        Assert.Equal(["9", "10"], list.ItemNames);
        Assert.Equal([1, 0], list.Users);
        Assert.Equal([1, 0], list.Items);
        Assert.Equal([4.5f, 1], list.Values);
    }

    [Fact]
    public void Columns_may_be_stated()
    {
        RatingList list = Read("who,what,how\nann,\"Heat (1995), a film\",3\n", new() { User = "who", Item = "what", Rating = "how" });
        Assert.Equal("Heat (1995), a film", Assert.Single(list.ItemNames));
        Assert.Null(list.Times);
    }

    [Theory]
    [InlineData("", "has no ratings")]
    [InlineData("user,item,rating\n", "has no ratings")]
    [InlineData("1,2\n", "line 1: has 2 fields: expected user, item and rating")]
    [InlineData("1,2,good\n", "line 1, field 3: found 'good': expected a finite number as the rating")]
    [InlineData("user,item,rating\n1,2,3\n1,2\n", "line 3: has 2 fields, expected at least 3")]
    [InlineData("user,item,rating\n,2,3\n", "line 2, field 1: is empty: expected the name of a user")]
    [InlineData("user,item,stars_given\n1,2,3\n", "none is known to be the rating; expected --rating NAME")]
    [InlineData("user,item,rating\n1,\"2,3\n", "line 2: a quotation mark without end")]
    public void What_is_no_rating_is_refused(string text, string message)
    {
        var e = Assert.Throws<BadInputException>(() => Read(text));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,3\n1,2,4\n", "user '1' on item '2' is there twice")]
    [InlineData("1,2,3\n1,3,3\n", "all ratings are alike")]
    public void Tables_take_each_rating_once(string text, string message)
    {
        var e = Assert.Throws<BadInputException>(() =>
        {
            RatingList list = Read(text);
            list.ToTable(list.Levels(), byItem: true);
        });
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    RatingList Read(string text, RatingColumns? columns = null)
    {
        File.WriteAllText(path, text);
        return RatingReader.Read(path, columns);
    }
}
