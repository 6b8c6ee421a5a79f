using EdgeHost.Gateway.Access;

namespace EdgeHost.Gateway.Tests;

public class ApiKeyTests
{
    [Theory]
    [InlineData("Bearer notes:abc", "notes", "abc")]
    [InlineData("bearer  notes:a:b ", "notes", "a:b")]
    public void TryParse_AppAndToken_AreSplitAtTheFirstColon(string header, string app, string token)
    {
        Assert.True(ApiKey.TryParse(header, out var key));
        Assert.Equal((app, token), (key.App, key.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer notes")]
    [InlineData("Bearer notes:")]
    [InlineData("Bearer :abc")]
    [InlineData("Basic bm90ZXM6YWJj")]
    public void TryParse_OtherForms_AreNoKeys(string? header) => Assert.False(ApiKey.TryParse(header, out _));

    [Fact]
    public void ToString_KeepsTheToken() => Assert.Equal("notes", new ApiKey("notes", "secret").ToString());
}
