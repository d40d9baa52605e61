#include "bot/base/metrics.hpp"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace linli {

struct Metrics::State {
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry).Add(labels);
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(labels);
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const std::vector<double>& bounds, const MetricLabels& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry).Add(labels, bounds);
}

std::string Metrics::render() const {
  return prometheus::TextSerializer().prometheus::Serializer::Serialize(state_->registry.Collect());
}

}  // namespace linli
