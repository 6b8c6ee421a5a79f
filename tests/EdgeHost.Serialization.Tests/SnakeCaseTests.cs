namespace EdgeHost.Serialization.Tests;

public class SnakeCaseTests
{
    [Theory]
    [InlineData("BytesDone", "bytes_done")]
    [InlineData("X", "x")]
    [InlineData("HTTPPort", "http_port")]
    [InlineData("ExpectedSha256", "expected_sha256")]
    [InlineData("Sha256Hex", "sha256_hex")]
    [InlineData("Already_Split", "already_split")]
    [InlineData("ResponseID", "response_id")]
    public void From_PascalCase_IsSnakeCase(string name, string expected)
        => Assert.Equal(expected, Generator.SnakeCase.From(name));
}
