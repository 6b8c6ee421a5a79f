using EdgeHost.Host.Training;
using EdgeHost.Learning.Examples;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Tests.Training;

public class TrainedModelIdsTests
{
    [Theory]
    [InlineData(false, "mail/spam")]
    [InlineData(true, "mail~4711/spam")]
    public void Id_OfAModel_SaysWhoseItIs(bool isOther, string expected)
    {
        var owner = new ExampleOwner("mail", isOther ? 4711 : ProcessUser.Id);

        var id = TrainedModelIds.Of(owner, "spam");

        Assert.Equal(expected, id);
        Assert.True(TrainedModelIds.TryParse($"{id}@1.0.0-local.2", out var parsed, out var name, out var version));
        Assert.Equal((owner, "spam", "1.0.0-local.2"), (parsed, name, version));
    }

    [Theory]
    [InlineData("ocr-det")]
    [InlineData("/x")]
    [InlineData("mail~x/spam")]
    public void Id_OfAnotherKind_IsNone(string id) => Assert.False(TrainedModelIds.TryParse(id, out _, out _, out _));
}
