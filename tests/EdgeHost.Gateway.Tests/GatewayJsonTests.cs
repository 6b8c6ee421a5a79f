using System.Text.Json;
using EdgeHost.Gateway.Http;
using EdgeHost.Gateway.Transcriptions;

namespace EdgeHost.Gateway.Tests;

public class GatewayJsonTests
{
    [Fact]
    public void Wire_KeepsTextAsItIs()
        => Assert.Equal("""{"text":"你好, it's \"me\""}""", JsonSerializer.Serialize(new TranscriptBody("你好, it's \"me\""), GatewayJson.Wire.TranscriptBody));
}
