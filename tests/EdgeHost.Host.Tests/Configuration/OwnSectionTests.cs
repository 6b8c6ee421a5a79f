using System.Text.Json;
using EdgeHost.Host.Configuration;

namespace EdgeHost.Host.Tests.Configuration;

/// <summary>A section that the product does not know, with everything that options may have: the reader takes it from the class alone.</summary>
public sealed class OwnSectionTests
{
    private static readonly OptionSection Section = new("Own", typeof(OwnOptions));

    [Fact]
    public void Read_MapsAndListsOfObjects_ComeOutFlat()
    {
        var (values, problems) = Read("""
            {"Shops":{"north":{"Name":"N","Hours":["1 h","90 min"],"Shelves":[{"Bytes":"2 KiB"},{"Bytes":7}]}},"Steps":[{"Name":"a","Hours":[],"Shelves":[]}]}
            """);

        Assert.Empty(problems);
        Assert.Equal(
            ["Own:Shops:north:Hours:0 = 01:00:00", "Own:Shops:north:Hours:1 = 01:30:00", "Own:Shops:north:Name = N", "Own:Shops:north:Shelves:0:Bytes = 2048", "Own:Shops:north:Shelves:1:Bytes = 7", "Own:Steps:0:Name = a"],
            values.Select(pair => $"{pair.Key} = {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"Shops":{"north":{"Name":"N","Shelves":[{"Byte":1}]}}}""", "Own:Shops:north:Shelves:0:Byte is not a key; did you mean Bytes?")]
    [InlineData("""{"Shops":{"north":{}}}""", "Own:Shops:north:Name is missing; it takes text.")]
    [InlineData("""{"Steps":[{"Name":"a","Hours":[3]}]}""", "Own:Steps:0:Hours:0 is 3; it takes a time")]
    [InlineData("""{"Steps":{"a":{}}}""", "it takes an array.")]
    public void Read_AMistakeDeepInside_IsNamedWithItsPlace(string json, string problem)
        => Assert.Contains(Read(json).Problems, found => found.Contains(problem, StringComparison.Ordinal));

    private static (IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Problems) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ConfigurationReader.Read(new OptionPlace(Section.Name, Section.Name, Section.Node, IsInList: false), document.RootElement);
    }

    public sealed class OwnOptions
    {
        public IDictionary<string, ShopOptions> Shops { get; } = new Dictionary<string, ShopOptions>(StringComparer.Ordinal);

        public IList<ShopOptions> Steps { get; } = [];
    }

    public sealed class ShopOptions
    {
        public string Name { get; set; } = string.Empty;

        public IList<TimeSpan> Hours { get; } = [];

        public IList<ShelfOptions> Shelves { get; } = [];
    }

    public sealed class ShelfOptions
    {
        public long Bytes { get; set; } = 1;
    }
}
