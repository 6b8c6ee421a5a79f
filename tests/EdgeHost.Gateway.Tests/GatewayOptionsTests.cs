namespace EdgeHost.Gateway.Tests;

public class GatewayOptionsTests
{
    private static readonly GatewayOptionsValidator Validator = new();

    [Fact]
    public void Defaults_AreValidAndClosed()
    {
        var options = new GatewayOptions();

        Assert.True(Validator.Validate(null, options).Succeeded);
        Assert.False(options.IsEnabled);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("localhost")]
    public void Address_BeyondThisMachine_IsRefused(string address)
    {
        var result = Validator.Validate(null, new GatewayOptions { Address = address });

        Assert.True(result.Failed);
        Assert.Contains("loopback", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_AllProblemsAreNamedAtOnce()
    {
        var result = Validator.Validate(null, new GatewayOptions { Port = -1, MaxApps = 0, IdleTimeout = TimeSpan.Zero });

        Assert.Equal(3, result.Failures!.Count());
    }
}
