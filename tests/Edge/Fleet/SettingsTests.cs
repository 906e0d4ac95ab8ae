using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Settings;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Edge.Tests.Fleet;

public class SettingsTests
{
    [Fact]
    public void WhatIsRefusedFitsAShadowHoweverManyNamesAreDesired()
    {
        var desired = new JsonObject();
        for (var i = 0; i < 1000; i++)
            desired[$"n{i}"] = i;
        desired["window"] = "many";
        var configured = new ForwardingOptions().Tuning(new ThresholdOptions());

        var (tuning, rejected) = RemoteSettings.Apply(desired, configured, configured);

        Assert.Equal(configured, tuning);
        Assert.StartsWith("is \"many\"", rejected["window"], StringComparison.Ordinal);
        Assert.Equal("names that are no setting: 990", rejected["more"]);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(rejected).Length, 1, FleetTopics.MaxShadowBytes / 2);
    }
}
