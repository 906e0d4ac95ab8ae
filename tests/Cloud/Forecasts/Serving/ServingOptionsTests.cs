using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Hosting.Configuration;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Forecasts.Serving;

/// <summary>The endpoint is chosen by configuration, in which what is wrong is named.</summary>
public sealed class ServingOptionsTests
{
    [Fact]
    public async Task TheCompositionAsksTheEndpointThatTheConfigurationNames()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(
            folder.Path, "--Serving:Endpoint", "hives", "--Serving:Model", "gru", "--Serving:Version", "7", "--Serving:Url",
            "http://127.0.0.1:1", "--Aws:Region", AwsServices.Region);
        Assert.Equal("gru", cloud.Get<EndpointModel>().Name);
    }

    [Fact]
    public async Task WithoutOneNoneIsAsked()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        Assert.Throws<InvalidOperationException>(cloud.Get<EndpointModel>);
    }

    [Theory]
    [InlineData("Endpoint", "a/b")]
    [InlineData("Url", "http://example.org")]
    [InlineData("Variant", "two words")]
    [InlineData("Format", "xml")]
    [InlineData("Model", "")]
    [InlineData("Version", "1/blue")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("BatchRows", "201")]
    public void WhatIsWrongIsNamed(string key, string value)
    {
        var values = new Dictionary<string, string?>
        {
            ["Serving:Endpoint"] = "hives",
            ["Serving:Model"] = "gru",
            ["Serving:Version"] = "7",
            [$"Serving:{key}"] = value,
        };
        var refused = Assert.Throws<ConfigurationException>(
            () => ServingOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build()));
        Assert.StartsWith($"Serving:{key} is '{value}'; expected ", refused.Message, StringComparison.Ordinal);
    }
}
