using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>Whether the first row of a table names its columns, by what the first rows look like.</summary>
public class TextTableHeaderTests
{
    static IReadOnlyList<string>? Names(string text, bool? header = null)
    {
        using InputBytes input = InputBytes.Over(new MemoryStream(Encoding.UTF8.GetBytes(text)), "some");
        using Boltzmann.Data.TextTable table = Boltzmann.Data.TextTable.Open(input, new() { HasHeader = header });
        return table.Names;
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\nx,1\ny,2\n")]
    [InlineData("a,b\n10%,1%\n5%,2%\n")]
    [InlineData("a,b\n-.5,x\n1,y\n")]
    [InlineData("first,second\nTrue,False\nFalse,False\n")]
    [InlineData("first,second\nyes,no\n")]
    [InlineData("colour,kind\nred,cat\nblue,dog\nred,dog\n")]
    [InlineData("name,kind\nAnn,cat\nBob,dog\nCarl,dog\n")]
    public void A_row_of_names_above_rows_of_another_kind_is_a_header(string text) => Assert.NotNull(Names(text));

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,b\n2,c\n")]
    [InlineData("NaN,2\n3,4\n")]
    [InlineData("10%,20%\n5%,6%\n")]
    [InlineData("True,False\nFalse,True\n")]
    [InlineData("red,cat\nblue,dog\nred,dog\nblue,cat\n")]           // texts alone, and the first row's occur below
    [InlineData("p,x,s,n,t,p\ne,x,s,y,t,a\ne,b,s,w,t,l\np,x,y,w,t,p\n")]   // mushrooms
    [InlineData("Ann,Rome\nBob,Paris\nCarl,Oslo\n")]                  // nothing repeats, nothing tells
    public void A_row_like_the_others_is_none(string text) => Assert.Null(Names(text));

    [Fact]
    public void What_is_stated_overrides_what_the_rows_look_like()
    {
        Assert.Equal(["1", "2"], Names("1,2\n3,4\n", header: true)!);
        Assert.Null(Names("a,b\n1,2\n", header: false));
    }

    [Fact]
    public void An_empty_name_becomes_the_number_of_the_column() => Assert.Equal(["column 1", "a"], Names(",a\n0,1\n1,0\n")!);
}
