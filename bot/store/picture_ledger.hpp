// Pictures whose words somebody waits for. Written by the topic that wants them read, in the turn of the
// message; asked by pipeline::PictureReader, which reads them after the commit. After a restart whatever is
// here is read again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Picture {
  PictureId id;
  ContactId contact;
  std::string account;  // of the contact
  std::string media;    // the platform's handle
  int tries{};          // how often reading has begun
};

class PictureLedger {
 public:
  PictureLedger(Database& db, FieldCipher& cipher);

  PictureId add(ContactId contact, std::string_view media, Time now);
  std::optional<Picture> find(PictureId id);
  /// At most `limit` after `above`, the oldest first.
  std::vector<Picture> waiting(PictureId above, int limit);
  std::vector<PictureId> of_contact(ContactId contact);
  void count_try(PictureId id);
  /// False if it was gone already: whoever gets true is the one who acts on it.
  bool drop(PictureId id);

 private:
  FieldCipher& cipher_;
  Statement add_, find_, waiting_, of_contact_, count_, drop_;
};

}  // namespace linli::store
